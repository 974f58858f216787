/** A span of time in a sentence: `2.4 ms`, `0.4 s`, `12 s`, `5 min`, `3 h`. Rounded, never negative. */
export function span(ms: number): string {
  if (ms > 0 && ms < 100) return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${trim(seconds)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** The time that is left: whole seconds, rounded up, so that a countdown never shows 0 before its time. */
export function left(until: number, now: number): string {
  return span(Math.max(1, Math.ceil((until - now) / 1000)) * 1000);
}

function trim(seconds: number): string {
  return seconds.toFixed(seconds < 1 ? 2 : 1).replace(/\.?0+$/, '');
}
