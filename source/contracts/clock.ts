/** Time for the shell: epoch milliseconds that run evenly, and a timer. */
export interface Clock {
  now(): number;
  /** Calls `callback` once after `ms` (at most 2^31 - 1); returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** How far the wall clock moved against this one since the last call, in ms; undefined when that is too little to matter. This clock then follows it. */
  takeJump(): number | undefined;
}
