import {setTimeout as pause} from 'node:timers/promises';

/** What was asked of the system and has not been answered: a file system that hangs (NFS) blocks one of our few threads, not one more with every look. */
const pending = new Map<string, Promise<unknown>>();

/** `run`, or the answer to an earlier one of the same `key` that is still awaited; undefined when it does not come within `timeoutMs`. */
export async function singleFlight<T>(
  key: string,
  run: () => Promise<T>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const asked = (pending.get(key) as Promise<T> | undefined) ?? ask(key, run);
  const enough = new AbortController();
  const stop = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
  try {
    return await Promise.race([asked, pause(timeoutMs, undefined, {signal: stop})]);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    enough.abort();
  }
}

function ask<T>(key: string, run: () => Promise<T>): Promise<T> {
  const asked = run().finally(() => pending.delete(key));
  pending.set(key, asked);
  // Whoever waits hears of it; when nobody does any more, nobody has to.
  asked.catch(() => undefined);
  return asked;
}
