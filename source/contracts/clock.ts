/** Time for the shell: even epoch milliseconds, and a timer. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `ms` (at most 2^31 - 1); returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** The shift of the wall clock against this one since the last call, in ms, if notable; this clock then follows it. */
  takeJump(): number | undefined;
}
