import type {Socket} from 'node:net';
import {isOurOwn} from './net-fault.ts';

interface Ends<T> {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** What it comes to when the time is over. */
  late(): T;
  /** What it comes to when the socket fails. */
  failed(error: Error): T;
}

/**
 * What becomes of a socket that is being opened, whichever comes first: what `listen` settles, the end of its time, or its failure. It is closed then.
 * Rejects with the reason of `signal` when that is aborted, and where our own machine could not try (see `isOurOwn`).
 */
export function outcomeOf<T>(
  socket: Socket,
  {timeoutMs, signal, late, failed}: Ends<T>,
  listen: (settle: (outcome: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // Late errors of a socket that nobody waits for any more.
      socket.on('error', () => undefined);
      socket.destroy();
      settle();
    };
    const abort = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => end(() => resolve(late())), timeoutMs);
    signal?.addEventListener('abort', abort);
    socket.once('error', error =>
      end(() => (isOurOwn(error) ? reject(error) : resolve(failed(error)))),
    );
    listen(outcome => end(() => resolve(outcome)));
  });
}
