import type {CommonCause, State} from '../model/state.ts';
import type {Blocker, TargetState} from '../model/target.ts';
import type {Change} from '../targets.ts';
import {settledSuspicion, suspicionOf, withAskedChecked} from './suspicion.ts';
import {nextTurn} from './turns.ts';

/**
 * When at least three targets, and more than half of those not held, turn bad within one interval, the cause is likely the machine: agent2 restarts
 * one of them, the canary. When that helps, it restarts the others one at a time; when not, it holds them all.
 */

/** Applies what an event changed. A suspicion makes the other targets' checks due, so that it is settled before the first restart. */
export function withCommonCause(state: State, changes: readonly Change[], at: number): State {
  const before = state.commonCause;
  const after = state.brake === undefined ? nextOf(state, changes, at) : undefined;
  if (after === before) return state;
  const {commonCause: _, ...rest} = state;
  if (after === undefined) return rest;
  const next: State = {...rest, commonCause: after};
  return after.step === 'suspected' ? withAskedChecked(next, after.asked, at) : next;
}

function nextOf(state: State, changes: readonly Change[], at: number): CommonCause | undefined {
  const now = state.commonCause;
  if (now === undefined) return suspicionOf(state, changes, at);
  return now.step === 'suspected'
    ? settledSuspicion(state, now, at)
    : nextTurn(state, now, changes, at);
}

/** Why a member of a common cause must not be fixed now. */
export function commonCauseBlocker(
  {commonCause}: Pick<State, 'commonCause'>,
  {incident, settings: {name}}: TargetState,
  at: number,
): Blocker | undefined {
  if (!commonCause || !incident || incident.startedAt < commonCause.from) return undefined;
  const reason = 'common_cause';
  switch (commonCause.step) {
    case 'suspected': {
      const {untilAt} = commonCause;
      return at < untilAt ? {reason: 'suspicion', untilAt} : undefined;
    }
    case 'held': {
      const {step, turn, nextAttemptAt, bad, of} = commonCause;
      if (name !== turn) return {reason, step, target: turn};
      return at < nextAttemptAt ? {reason: 'canary', untilAt: nextAttemptAt, bad, of} : undefined;
    }
    default: {
      const {step, turn} = commonCause;
      return turn === undefined || name === turn ? undefined : {reason, step, target: turn};
    }
  }
}
