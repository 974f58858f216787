import {setTimeout as pause} from 'node:timers/promises';

export interface PollLimits {
  readonly everyMs: number;
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** Polls every `everyMs` until the answer is yes (true), or `withinMs` is over or `signal` is aborted (false). */
export async function until(
  condition: () => boolean,
  {everyMs, withinMs = Infinity, signal}: PollLimits,
): Promise<boolean> {
  // No `AbortSignal.any` of both: node drops the `AbortSignal.timeout` in it at the next garbage collection, and the wait never ends.
  const endsAt = performance.now() + withinMs;
  while (!condition()) {
    if (signal?.aborted || performance.now() >= endsAt) return false;
    try {
      await pause(everyMs, undefined, {signal});
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }
  return true;
}
