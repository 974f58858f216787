/** Observed time only. `seenAt` is the end of the last observed stretch; undefined while agent2 does not observe. */
export interface Uptime {
  readonly since: number;
  readonly upMs: number;
  readonly observedMs: number;
  readonly seenAt?: number;
}
