import {linkedSignal} from '../../contracts/abort.ts';
import {setTimeout as pause} from 'node:timers/promises';

/** Unanswered system calls: a hanging file system (NFS) blocks only one of node's few threads, not another one with every call. */
const pending = new Map<string, Promise<unknown>>();

/** Runs `run`, or joins an unanswered earlier one of the same `key`; undefined when no answer comes within `timeoutMs`. */
export async function singleFlight<T>(
  key: string,
  run: () => Promise<T>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const asked = (pending.get(key) as Promise<T> | undefined) ?? ask(key, run);
  const enough = linkedSignal(signal);
  try {
    return await Promise.race([asked, pause(timeoutMs, undefined, {signal: enough.signal})]);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    enough.abort();
    enough.release();
  }
}

function ask<T>(key: string, run: () => Promise<T>): Promise<T> {
  const asked = run().finally(() => pending.delete(key));
  pending.set(key, asked);
  // Waiting callers get the rejection; without any, it has no reader.
  asked.catch(() => undefined);
  return asked;
}
