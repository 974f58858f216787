import {setImmediate} from 'node:timers/promises';

/** Long work awaits what it returns, again and again: nothing most of the time, and after each slice what is due on the loop. */
export type Slices = () => Promise<void> | undefined;

/** A check that is due waits no longer than this. */
const SLICE_MS = 8;

export function createSlices(now: () => number = () => performance.now()): Slices {
  let from = now();
  return () =>
    now() - from < SLICE_MS ? undefined : setImmediate(undefined).then(() => void (from = now()));
}
