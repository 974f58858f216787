/** Exit codes of the Nagios plug-in interface. */
export const NAGIOS = {ok: 0, warn: 1, down: 2, unknown: 3} as const;
/** The worst of several targets counts; unknown weighs less than unhealthy. */
export const WORST_FIRST = ['down', 'warn', 'unknown', 'ok'] as const;
