import type {Socket} from 'node:net';
import {onAbort} from '../../contracts/abort.ts';
import {isOurOwn} from './net-fault.ts';

interface Ends<T> {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** The outcome of a timeout. */
  late(): T;
  /** The outcome of a socket error. */
  failed(error: Error): T;
}

/**
 * The first outcome of an opening socket: the result of `listen`, a timeout or an error. Closes the socket then.
 * Rejects with the reason of `signal` when that is aborted, and where this machine could not try (see `isOurOwn`).
 */
export function outcomeOf<T>(
  socket: Socket,
  {timeoutMs, signal, late, failed}: Ends<T>,
  listen: (settle: (outcome: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      // Late errors of an abandoned socket.
      socket.on('error', () => undefined);
      socket.destroy();
      settle();
    };
    const timer = setTimeout(() => end(() => resolve(late())), timeoutMs);
    let stop = () => {};
    socket.once('error', error =>
      end(() => (isOurOwn(error) ? reject(error) : resolve(failed(error)))),
    );
    listen(outcome => end(() => resolve(outcome)));
    stop = onAbort(signal, () => end(() => reject(signal?.reason)));
  });
}
