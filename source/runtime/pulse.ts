import {nextWake} from '../core/next-due.ts';
import type {State} from '../core/model/state.ts';

/** Work overdue by this much shows that the loop turns without working. */
const OVERDUE_MS = 10_000;

/**
 * The heartbeat of the loop for a watchdog, called by the loop itself: true when a beat is due. A stuck loop does
 * not call, and a loop that turns without doing its due work gets no beat.
 */
export function createPulse(everyMs: number): (state: State, now: number) => boolean {
  let last = -Infinity;
  return (state, now) => {
    if (now - last < everyMs && now >= last) return false;
    if (now - nextWake(state) > OVERDUE_MS) return false;
    last = now;
    return true;
  };
}
