/** How often and how long the parts of the bench measure. */
export interface Runs {
  readonly startRuns: number;
  readonly frameRuns: number;
  readonly warmUpMs: number;
  readonly idleMs: number;
  readonly faultRuns: number;
}
