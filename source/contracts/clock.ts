/** Time for the shell: epoch milliseconds that only ever run evenly, and a timer. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `ms` (at most 2^31 - 1); returns the way to cancel it. */
  after(ms: number, callback: () => void): () => void;
  /** How far the wall clock has moved against this one since the last call, in ms, where it is worth telling; this clock follows it from then on. */
  takeJump(): number | undefined;
}
