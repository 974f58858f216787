/** The timings and limits of one target. Values come from `config/presets.ts`; settings may override each. All durations in milliseconds. */
export interface Policy {
  /** From the start of one check to the start of the next. */
  readonly intervalMs: number;
  /** Upper bound of one HTTP exchange, connecting included. */
  readonly timeoutMs: number;
  /** Failed checks in a row that make a target `down`; fewer make it `warn`. */
  readonly failureThreshold: number;
  /** Good checks in a row that make a target `ok` again. */
  readonly recoveryThreshold: number;
  /** Extra tries inside one check, `RETRY_PAUSE_MS` apart. */
  readonly retries: number;
  /** A correct answer slower than this is a warning. */
  readonly slowMs: number;
  /** Pace of checks between a first failure and the verdict. */
  readonly confirmMs: number;
  /** How long a process that vanished together with its pid file may be in a restart by another program. */
  readonly settleMs: number;
  /** After a start or a fix, the next fix waits this long, or until the first good check. Hard evidence against a process seen alive does not wait. */
  readonly startGraceMs: number;
  readonly budget: {readonly count: number; readonly windowMs: number};
  readonly backoff: {readonly baseMs: number; readonly factor: number; readonly capMs: number};
}

/** At most `count` fixes begin within any `windowMs`. */
export type Budget = Policy['budget'];

export const RETRY_PAUSE_MS = 1_000;

/** A shorter pause is a typing error: no target is checked that often. */
export const MIN_PAUSE_MS = 1_000;

/** A longer pause is a typing error. */
export const MAX_PAUSE_MS = 30 * 24 * 3_600_000;
