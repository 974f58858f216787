import type {Effect, Notice} from './model/effect.ts';
import type {TargetState} from './model/target.ts';
import {newestWithin, textBytes} from './text/text-bytes.ts';

const KEPT_EVENTS = 200;
/** Events are short, but some carry what a service printed. */
const EVENT_BYTES = 65_536;

/** A target and its effects: the result of every step of `update`. */
export type Step = readonly [TargetState, readonly Effect[]];

/** Logs a line, and keeps it among the target's events unless it is routine. */
export function notify(target: TargetState, notice: Omit<Notice, 'target'>): Step {
  const effect: Effect = {type: 'notify', notice: {...notice, target: target.settings.name}};
  if (notice.kind === 'check' || notice.kind === 'heartbeat') return [target, [effect]];
  const event = {at: notice.at, level: notice.level, text: notice.text};
  const events = newestWithin([...target.events, event], {
    most: KEPT_EVENTS,
    bytes: EVENT_BYTES,
    bytesOf: ({text}) => textBytes(text),
  });
  return [{...target, events}, [effect]];
}

/** Runs steps in order, each on the result of the one before, and gathers their effects. */
export function chain(
  target: TargetState,
  ...steps: ReadonlyArray<(target: TargetState) => Step>
): Step {
  const effects: Effect[] = [];
  let current = target;
  for (const step of steps) {
    const [next, more] = step(current);
    current = next;
    effects.push(...more);
  }
  return [current, effects];
}
