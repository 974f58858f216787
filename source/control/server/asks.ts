import type {Text} from '../../core/model/text.ts';
import {message, joined, sameText} from '../../core/text/message.ts';
import {span} from '../../core/text/span.ts';
import type {TargetState} from '../../core/model/target.ts';
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

/** The requests to pause, to resume and to change the preset, for one target or all. Each answer says what happened to which target. */

export function pause(host: ControlHost, body: AskBody): Reply {
  const given = body.for === undefined ? undefined : pauseMsFrom(body.for);
  if (given?.kind === 'wrong') return refusal(400, given.message);
  const now = host.monitor.now();
  const untilAt = given && now + given.ms;
  const untilWhen =
    untilAt === undefined
      ? message`until it is resumed`
      : message`until ${clockText(untilAt, now)} (${span(untilAt - now)})`;
  return each(
    host,
    body,
    name => ({type: 'paused', target: name, ...(untilAt === undefined ? {} : {untilAt})}),
    before => {
      if (!before.paused) return message`paused ${untilWhen}`;
      return before.pausedUntil === untilAt
        ? message`was already paused, ${untilWhen}`
        : message`was already paused, now ${untilWhen}`;
    },
  );
}

export function resume(host: ControlHost, body: AskBody): Reply {
  return each(
    host,
    body,
    name => ({type: 'resumed', target: name}),
    before => (before.paused ? message`resumed` : message`was not paused`),
  );
}

export function preset(host: ControlHost, body: AskBody): Reply {
  const state = host.monitor.getSnapshot();
  const {name} = body;
  if (name === undefined)
    return refusal(
      400,
      message`which preset? there is ${Object.keys(state.presets).join(', ')}, e.g. ${'{"name":"prod"}'}`,
    );
  if (!Object.hasOwn(state.presets, name)) return unknownPreset(state, name, host.suggest);
  return each(
    host,
    body,
    target => ({type: 'preset', target, name}),
    before =>
      before.preset === name
        ? message`the preset is already ${name}`
        : message`preset ${before.preset} -> ${name}`,
  );
}

/** Applies the request to its targets; `textFor` describes the result for one, given its state before. */
function each(
  host: ControlHost,
  {target}: AskBody,
  command: (name: string) => Command,
  textFor: (before: TargetState) => Text,
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
  return reply(
    host,
    200,
    joined(
      groupedByText(meant, textFor).map(({names, text}) => joined([names.join(', '), text], ': ')),
      message`; `,
    ),
    meant.map(nameOf),
  );
}

/** Groups the targets with the same text. */
function groupedByText(
  targets: readonly TargetState[],
  textFor: (target: TargetState) => Text,
): ReadonlyArray<{readonly names: readonly string[]; readonly text: Text}> {
  const groups: Array<{readonly names: string[]; readonly text: Text}> = [];
  for (const target of targets) {
    const text = textFor(target);
    const group = groups.find(each => sameText(each.text, text));
    if (group) group.names.push(nameOf(target));
    else groups.push({names: [nameOf(target)], text});
  }
  return groups;
}

/** The time of day, with the date on another day. */
function clockText(at: number, now: number): string {
  return logTime(at).slice(0, 10) === logTime(now).slice(0, 10)
    ? clockTime(at)
    : logTime(at).slice(0, 19);
}
