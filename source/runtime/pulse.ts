import {nextWake} from '../core/next-due.ts';
import type {State} from '../core/model/state.ts';

/** Something that was due so long ago was forgotten: the loop turns, and does not work. */
const FORGOTTEN_MS = 10_000;

/**
 * The heartbeat of the loop for a watchdog, to be called by the loop itself: true when it is time to tell that it goes on. A loop that does
 * not turn does not call, and one that turns without doing what is due gets no word.
 */
export function createPulse(everyMs: number): (state: State, now: number) => boolean {
  let last = -Infinity;
  return (state, now) => {
    if (now - last < everyMs && now >= last) return false;
    if (now - nextWake(state) > FORGOTTEN_MS) return false;
    last = now;
    return true;
  };
}
