import {setImmediate, setTimeout as pause} from 'node:timers/promises';

/** Long work calls it again and again, to let due work of the loop run first. */
export type YieldToLoop = () => Promise<void> | void;

/** Keeps repeated work from occupying the loop, or the core. */
export interface Pace {
  run<T>(work: (yieldToLoop: YieldToLoop) => Promise<T>): Promise<T>;
  /** Resolves when the work may begin again. */
  rest(): Promise<void> | void;
}

/** The longest slice of work on the loop. */
const SLICE_MS = 2;
/** The lasting share of a core; rare work never waits. */
const SHARE = 0.2;
/** What may be worked at once; longer in one slice is not work: the process was suspended, or had no CPU. */
const BURST_MS = 250;

export function createPace(now: () => number = () => performance.now()): Pace {
  /** The recent duration of the work, less its share of the time since. */
  let takenMs = 0;
  let countedAt = now();

  const forget = () => {
    const at = now();
    takenMs = Math.max(0, takenMs - (at - countedAt) * SHARE);
    countedAt = at;
  };

  return {
    async run(work) {
      forget();
      let sliceFrom = now();
      const count = () => (takenMs += Math.min(now() - sliceFrom, BURST_MS));
      try {
        return await work(() => {
          if (now() - sliceFrom < SLICE_MS) return;
          count();
          return setImmediate(undefined).then(() => void (sliceFrom = now()));
        });
      } finally {
        count();
      }
    },
    rest() {
      forget();
      const restMs = (takenMs - BURST_MS) / SHARE;
      return restMs > 0 ? pause(restMs) : undefined;
    },
  };
}
