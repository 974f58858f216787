import type {Clock} from '../../contracts/clock.ts';

/** How soon a monitor that is gone is looked for again, and how seldom in the end. */
const RETRY_MS = {least: 250, most: 2_000};

export interface Retry {
  /** Looks again in a while, each time later. */
  again(): void;
  /** It was found: the next search begins anew. */
  found(): void;
  stop(): void;
}

export function createRetry(clock: Pick<Clock, 'after'>, look: () => void): Retry {
  let waitMs = RETRY_MS.least;
  let cancel = () => {};
  return {
    again() {
      cancel = clock.after(waitMs, look);
      waitMs = Math.min(RETRY_MS.most, waitMs * 2);
    },
    found() {
      waitMs = RETRY_MS.least;
    },
    stop: () => cancel(),
  };
}
