/** Aborts at the first of these signals, instead of what the process would do otherwise. */
export function interruptedBy(...signals: readonly NodeJS.Signals[]): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of signals) process.on(signal, () => interrupt.abort());
  return interrupt.signal;
}
