/** Exit codes of the Nagios plug-in interface. */
export const NAGIOS = {ok: 0, warn: 1, down: 2, unknown: 3} as const;
/** The words of its first line. */
export const NAGIOS_WORDS = {
  ok: 'OK',
  warn: 'WARNING',
  down: 'CRITICAL',
  unknown: 'UNKNOWN',
} as const;
/** Health levels for picking the worst of several; unknown weighs less than unhealthy. */
export const WORST_FIRST = ['down', 'warn', 'unknown', 'ok'] as const;
