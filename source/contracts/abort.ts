/**
 * Calls `act` once when `signal` is aborted, at once if it is already. Returns a function that stops listening: call it when the work is done, since
 * a signal that outlives the work would keep it in memory. The only place that listens to signals.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (!signal) return () => {};
  if (signal.aborted) {
    act();
    return () => {};
  }
  signal.addEventListener('abort', act, {once: true});
  return () => signal.removeEventListener('abort', act);
}

/** A signal that is aborted with the first of others, or by its own `abort`; `release` stops following them. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  release(): void;
}

/** Instead of `AbortSignal.any`: node keeps its result for ever while anything listens to it, and forgets an `AbortSignal.timeout` in it. */
export function linkedSignal(...signals: ReadonlyArray<AbortSignal | undefined>): LinkedSignal {
  const controller = new AbortController();
  const stops = signals.map(signal => onAbort(signal, () => controller.abort(signal?.reason)));
  return {
    signal: controller.signal,
    abort: reason => controller.abort(reason),
    release: () => stops.forEach(stop => stop()),
  };
}
