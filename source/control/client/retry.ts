import type {Clock} from '../../contracts/clock.ts';

/** The first and the longest wait before a client tries again to reach a lost monitor. */
const RETRY_MS = {least: 250, most: 2_000};

export interface Retry {
  /** Tries again after a wait that grows each time. */
  again(): void;
  /** Resets the wait: the monitor was found. */
  found(): void;
  stop(): void;
}

/** Calls `attempt` after each wait. */
export function createRetry(clock: Pick<Clock, 'after'>, attempt: () => void): Retry {
  let waitMs = RETRY_MS.least;
  let cancel = () => {};
  return {
    again() {
      cancel = clock.after(waitMs, attempt);
      waitMs = Math.min(RETRY_MS.most, waitMs * 2);
    },
    found() {
      waitMs = RETRY_MS.least;
    },
    stop: () => cancel(),
  };
}
