/** Exit codes of the Nagios plug-in interface. */
export const NAGIOS = {ok: 0, warn: 1, down: 2, unknown: 3} as const;
/** Of several targets the worst one counts; that one could not be looked at weighs less than that one is not well. */
export const WORST_FIRST = ['down', 'warn', 'unknown', 'ok'] as const;
