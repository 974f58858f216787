import {say} from '../../core/text/say.ts';
import {span} from '../../core/text/span.ts';
import {type TargetState} from '../../core/model/state.ts';
import {findTarget, targetsOf} from '../../core/targets.ts';
import type {Command} from '../../contracts/monitor.ts';
import {clockTime, logTime} from '../../format/time.ts';
import type {ControlHost} from './host.ts';
import {pauseMsFrom} from './pause-time.ts';
import type {AskBody} from '../../documents/control/ask.ts';
import {
  nameOf,
  notRunning,
  refusal,
  reply,
  unknownPreset,
  unknownTarget,
  type Reply,
} from './reply.ts';

/** Pauses, resumes or changes the preset of one target, or of all. Each answer says what happened. */

export function pause(host: ControlHost, body: AskBody): Reply {
  const given = body.for === undefined ? undefined : pauseMsFrom(body.for);
  if (given?.kind === 'wrong') return refusal(400, given.message);
  const now = host.monitor.now();
  const untilAt = given && now + given.ms;
  const untilWhen =
    untilAt === undefined
      ? say`until it is resumed`
      : say`until ${clockText(untilAt, now)} (${span(untilAt - now)})`;
  return each(
    host,
    body,
    name => ({type: 'paused', target: name, ...(untilAt === undefined ? {} : {untilAt})}),
    before => {
      if (!before.paused) return say`paused ${untilWhen}`;
      return before.pausedUntil === untilAt
        ? say`was already paused, ${untilWhen}`
        : say`was already paused, now ${untilWhen}`;
    },
  );
}

export function resume(host: ControlHost, body: AskBody): Reply {
  return each(
    host,
    body,
    name => ({type: 'resumed', target: name}),
    before => (before.paused ? say`resumed` : say`was not paused`),
  );
}

export function preset(host: ControlHost, body: AskBody): Reply {
  const state = host.monitor.getSnapshot();
  const {name} = body;
  if (name === undefined)
    return refusal(
      400,
      say`which preset? there is ${Object.keys(state.presets).join(', ')}, e.g. ${'{"name":"prod"}'}`,
    );
  if (!Object.hasOwn(state.presets, name)) return unknownPreset(state, name, host.suggest);
  return each(
    host,
    body,
    target => ({type: 'preset', target, name}),
    before =>
      before.preset === name
        ? say`preset is ${name} already`
        : say`preset ${before.preset} -> ${name}`,
  );
}

/** Applies the request to its targets; `told` describes the result for one, given its state before. */
function each(
  host: ControlHost,
  {target}: AskBody,
  command: (name: string) => Command,
  told: (before: TargetState) => string,
): Reply {
  const before = host.monitor.getSnapshot();
  const ending = notRunning(before);
  if (ending) return ending;
  const meant =
    target === undefined
      ? targetsOf(before)
      : targetsOf(before).filter(({settings}) => settings.name === target);
  if (target !== undefined && !findTarget(before, target))
    return unknownTarget(before, target, host.suggest);
  for (const {settings} of meant) host.monitor.request(command(settings.name));
  const texts = new Map<string, string[]>();
  for (const target of meant) {
    const text = told(target);
    texts.set(text, [...(texts.get(text) ?? []), nameOf(target)]);
  }
  return reply(
    host,
    200,
    [...texts].map(([text, names]) => `${names.join(', ')}: ${text}`).join('; '),
    meant.map(nameOf),
  );
}

/** The time of day, with the date on another day. */
function clockText(at: number, now: number): string {
  return logTime(at).slice(0, 10) === logTime(now).slice(0, 10)
    ? clockTime(at)
    : logTime(at).slice(0, 19);
}
