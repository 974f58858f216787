const UNITS = {ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000} as const;

/** Some three hundred years: a sum of times with it is still a time. */
const MOST_MS = 1e13;

/**
 * Parses a duration into milliseconds: `500ms`, `5s`, `2m`, `1h`, `7d`, several parts (`1h30m`), a bare number
 * in seconds. Undefined for anything else, and for more than three hundred years; the caller decides about zero.
 */
export function parseDuration(text: string): number | undefined {
  const ms = msOf(text.trim());
  return ms !== undefined && ms <= MOST_MS ? ms : undefined;
}

function msOf(trimmed: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * UNITS.s;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return undefined;
  return [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as keyof typeof UNITS],
    0,
  );
}

/** The two greatest units of a duration: `250ms`, `5s`, `1.5s`, `2m`, `1m30s`, `1h30m`, `2d4h`. Reads back with `parseDuration`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  if (ms < UNITS.m)
    return ms % 1_000 === 0 || ms >= 10_000
      ? `${Math.floor(ms / 1_000)}s`
      : `${Math.floor(ms / 100) / 10}s`;
  if (ms < UNITS.h) return pair(ms, 'm', 's');
  return ms < UNITS.d ? pair(ms, 'h', 'm') : pair(ms, 'd', 'h');
}

function pair(ms: number, great: keyof typeof UNITS, small: keyof typeof UNITS): string {
  const rest = Math.floor((ms % UNITS[great]) / UNITS[small]);
  return `${Math.floor(ms / UNITS[great])}${great}${rest > 0 ? `${rest}${small}` : ''}`;
}
