export type HealthLevel = 'unknown' | 'ok' | 'warn' | 'down';

/** Streaks and the level that follows from them. `failures` and `successes` are in a row; the totals are since start. */
export interface Health {
  readonly level: HealthLevel;
  readonly since: number;
  readonly failures: number;
  readonly successes: number;
  readonly totalChecks: number;
  readonly totalFailures: number;
  /** The last 21 verdicts of checks, oldest first: true is good. */
  readonly recent: readonly boolean[];
  readonly flapping: boolean;
}
