import {setImmediate, setTimeout as pause} from 'node:timers/promises';

/** Called by a long piece of work again and again: once it has had the loop for long enough, what is due there goes first. */
export type Breathe = () => Promise<void> | void;

/** Keeps a piece of work that is done again and again from taking the loop, or the core, for itself. */
export interface Pace {
  run<T>(work: (breathe: Breathe) => Promise<T>): Promise<T>;
  /** Resolves when the work may begin anew. */
  rest(): Promise<void> | void;
}

/** How long the work may have the loop at a time. */
const SLICE_MS = 2;
/** How much of a core it may take for good; what is done seldom is never kept waiting. */
const SHARE = 0.2;
const BURST_MS = 250;

export function createPace(now: () => number = () => performance.now()): Pace {
  /** What the work took lately, less its share of the time since. */
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
      const count = () => (takenMs += now() - sliceFrom);
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
