/** Aborts at the first of these signals, which then do not end the process. */
export function interruptedBy(...signals: readonly NodeJS.Signals[]): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of signals) process.on(signal, () => interrupt.abort());
  return interrupt.signal;
}
