import {nextWake} from '../core/next-due.ts';
import type {State} from '../core/model/state.ts';
import {targetsOf} from '../core/targets.ts';
import {checkLimitMs} from './checks.ts';

/** Work overdue by this much shows that the loop turns without working. */
const OVERDUE_MS = 10_000;

/**
 * The heartbeat of the loop for a watchdog, called by the loop itself: true when a beat is due. A stuck loop does not call. A loop that turns
 * without doing its due work gets no beat, nor does one that only throws (since `throwingSince`), nor one with a check that never ends.
 */
export function createPulse(
  everyMs: number,
): (state: State, now: number, throwingSince?: number) => boolean {
  let last = -Infinity;
  return (state, now, throwingSince = now) => {
    if (now - last < everyMs && now >= last) return false;
    if (now - nextWake(state) > OVERDUE_MS || now - throwingSince > OVERDUE_MS) return false;
    if (hasEndlessCheck(state, now)) return false;
    last = now;
    return true;
  };
}

function hasEndlessCheck(state: State, now: number): boolean {
  return (
    state.status === 'monitoring' &&
    targetsOf(state).some(
      ({check, policy, paused}) =>
        check.state === 'running' &&
        !paused &&
        now - check.startedAt > checkLimitMs(policy) + OVERDUE_MS,
    )
  );
}
