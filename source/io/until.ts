import {setTimeout as pause} from 'node:timers/promises';

/** Asks every `everyMs` until the answer is yes (true) or `signal` is aborted (false). */
export async function until(condition: () => boolean, everyMs: number, signal: AbortSignal): Promise<boolean> {
  while (!condition()) {
    if (signal.aborted) return false;
    try {
      await pause(everyMs, undefined, {signal});
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  return true;
}
