import {MAX_PAUSE_MS} from '../../core/model/policy.ts';
import {message} from '../../core/text/message.ts';
import {findTarget} from '../../core/targets.ts';
import {readCommand} from '../../documents/control/command.ts';
import type {ControlHost} from './host.ts';
import {notRunning, refusal, reply, unknownPreset, unknownTarget, type Reply} from './reply.ts';

/** Passes a `Command` of an attached screen to the monitor. The screen sees its outcome in the state. */
export function request(host: ControlHost, text: string): Reply {
  const read = readCommand(text, host.suggest);
  if (read.kind === 'wrong') return refusal(400, read.message);
  const {type, target, by, untilAt, on, name} = read.value;
  const state = host.monitor.getSnapshot();
  const ending = notRunning(state);
  if (ending) return ending;
  if (target === undefined || !findTarget(state, target))
    return unknownTarget(state, target ?? '', host.suggest);
  switch (type) {
    case 'restart-requested':
      if (by !== 'user')
        return refusal(400, message`the user asked for a restart: ${'"by":"user"'}`);
      host.monitor.request({type, target, by});
      break;
    case 'paused':
      if (
        untilAt !== undefined &&
        !(untilAt > host.monitor.now() && untilAt <= host.monitor.now() + MAX_PAUSE_MS)
      )
        return refusal(
          400,
          message`untilAt has to be a time to come, at most 30 days from now, in epoch milliseconds`,
        );
      host.monitor.request({type, target, ...(untilAt === undefined ? {} : {untilAt})});
      break;
    case 'resumed':
      host.monitor.request({type, target});
      break;
    case 'observing':
      if (on === undefined) return refusal(400, message`observing needs ${'"on"'}: true or false`);
      host.monitor.request({type, target, on});
      break;
    case 'preset':
      if (name === undefined || !Object.hasOwn(state.presets, name))
        return unknownPreset(state, name ?? '', host.suggest);
      host.monitor.request({type, target, name});
      break;
  }
  return reply(host, 200, message`${target}: taken`);
}
