/** A measured time in a sentence: `0.3 ms`, `42 ms`, `5.0 s`. */
export function elapsed(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
