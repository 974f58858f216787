import type {Command} from '../../contracts/monitor.ts';
import {MAX_PAUSE_MS} from '../../core/model/policy.ts';
import {say} from '../../core/text/say.ts';
import {findTarget} from '../../core/targets.ts';
import {sanitize} from '../../format/sanitize.ts';
import {readBody, type Fields} from './body.ts';
import type {ControlHost} from './host.ts';
import {notRunning, refusal, reply, unknownPreset, unknownTarget, type Reply} from './reply.ts';

/** What each kind of command carries beside `type` and `target`. */
const FIELDS: Readonly<Record<Command['type'], Fields>> = {
  'restart-requested': {by: 'string'},
  'paused': {untilAt: 'number'},
  'resumed': {},
  'observing': {on: 'boolean'},
  'preset': {name: 'string'},
};

/** Hands a `Command` of an attached screen to the monitor. What came of it, the screen sees in its state. */
export function request(host: ControlHost, text: string): Reply {
  const read = readBody(
    text,
    {
      type: 'string',
      target: 'string',
      by: 'string',
      untilAt: 'number',
      on: 'boolean',
      name: 'string',
    },
    host.suggest,
  );
  if (read.kind === 'wrong') return refusal(400, read.message);
  const {type, target, ...rest} = read.fields as {
    readonly type?: string;
    readonly target?: string;
    readonly [key: string]: unknown;
  };
  const types = Object.keys(FIELDS);
  if (type === undefined || !isCommandType(type))
    return refusal(
      400,
      say`'${sanitize(type ?? '', 40)}' is no command; there is ${types.join(', ')}${host.suggest(type ?? '', types)}`,
    );
  const exact = readBody(JSON.stringify(rest), FIELDS[type], host.suggest);
  if (exact.kind === 'wrong') return refusal(400, exact.message);
  const state = host.monitor.getSnapshot();
  const ending = notRunning(state);
  if (ending) return ending;
  if (target === undefined || !findTarget(state, target))
    return unknownTarget(state, target ?? '', host.suggest);
  const {by, untilAt, on, name} = rest as {
    readonly by?: string;
    readonly untilAt?: number;
    readonly on?: boolean;
    readonly name?: string;
  };
  switch (type) {
    case 'restart-requested':
      if (by !== 'user')
        return refusal(400, say`a restart is asked for by the user: ${'"by":"user"'}`);
      host.monitor.request({type, target, by});
      break;
    case 'paused':
      if (
        untilAt !== undefined &&
        !(untilAt > host.monitor.now() && untilAt <= host.monitor.now() + MAX_PAUSE_MS)
      )
        return refusal(
          400,
          say`untilAt has to be a time to come, at most 30 days from now, in epoch milliseconds`,
        );
      host.monitor.request({type, target, ...(untilAt === undefined ? {} : {untilAt})});
      break;
    case 'resumed':
      host.monitor.request({type, target});
      break;
    case 'observing':
      if (on === undefined) return refusal(400, say`observing needs ${'"on"'}: true or false`);
      host.monitor.request({type, target, on});
      break;
    case 'preset':
      if (name === undefined || !Object.hasOwn(state.presets, name))
        return unknownPreset(state, name ?? '', host.suggest);
      host.monitor.request({type, target, name});
      break;
  }
  return reply(host, 200, say`${target}: taken`);
}

function isCommandType(type: string): type is Command['type'] {
  return Object.hasOwn(FIELDS, type);
}
