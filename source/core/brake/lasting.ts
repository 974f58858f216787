import type {CommonCause} from '../model/state.ts';
import type {TargetState} from '../model/target.ts';
import {MAX_HOLD_MS} from '../fix/waste.ts';
import {FIRST_HOLD_MS} from './turns.ts';

/** A common cause lasts through jumps of the clock and restarts of agent2. */

/** Moves its times along when the clock jumps. */
export function shiftedCause(cause: CommonCause, byMs: number): CommonCause {
  const moved = {...cause, from: cause.from + byMs};
  switch (moved.step) {
    case 'suspected':
      return {...moved, since: moved.since + byMs, untilAt: moved.untilAt + byMs};
    case 'held':
      return {...moved, nextAttemptAt: moved.nextAttemptAt + byMs};
    default:
      return moved;
  }
}

/** The hold of an earlier run, from the targets that are held for it. */
export function recalledCause(targets: readonly TargetState[]): CommonCause | undefined {
  const held = targets.flatMap(({settings, repair, incident}) =>
    repair.step === 'held' && repair.reason === 'common_cause' && incident
      ? [{name: settings.name, ...repair, from: incident.startedAt}]
      : [],
  );
  const canary = held.find(({nextAttemptAt}) => nextAttemptAt !== Infinity) ?? held[0];
  if (!canary) return undefined;
  const {name, since} = canary;
  return {
    step: 'held',
    from: Math.min(...held.map(({from}) => from)),
    turn: name,
    waitMs: FIRST_HOLD_MS,
    nextAttemptAt: Math.min(canary.nextAttemptAt, since + MAX_HOLD_MS),
    bad: held.length,
    of: targets.length,
  };
}
