import type {Cause} from './cause.ts';
import type {Verdict} from './ledger.ts';
import type {ProcessIdentity} from './observation.ts';
import type {Text} from './text.ts';

/** The state of a target's repair. */
export type Repair =
  | {readonly step: 'idle'}
  /** An `inspect` comes at `at` (Infinity while it runs), to confirm hard evidence. */
  | {readonly step: 'looking'; readonly at: number}
  /** The process and its pid file are gone: another program may be restarting it. */
  | {readonly step: 'settling'; readonly untilAt: number}
  | {readonly step: 'fixing'; readonly attempt: Attempt}
  | {
      readonly step: 'verifying';
      readonly attempt: Attempt;
      readonly since: number;
      readonly untilAt: number;
      readonly good: number;
      /** When the first of these good checks came. */
      readonly goodSince?: number;
      readonly seen?: ProcessIdentity;
    }
  /** Backoff: the next attempt comes at `untilAt`. */
  | {readonly step: 'waiting'; readonly untilAt: number}
  /** Waits with a wanted fix for another target (see `blockedBy`). */
  | {readonly step: 'deferred'}
  | {
      readonly step: 'held';
      readonly reason: HeldReason;
      readonly since: number;
      readonly nextAttemptAt: number;
    };

/**
 * `budget`: it is used up. `port_taken`: a stranger holds the port. `common_cause`: many targets turned bad together, and a restart did not help.
 * `elsewhere`: a restart of this target did not mend what is broken elsewhere.
 */
export type HeldReason = 'budget' | 'port_taken' | 'common_cause' | 'elsewhere';

/** What fixes cost since one last helped. */
export interface Waste {
  /** When the fixes that nobody requested began, oldest first. */
  readonly times: readonly number[];
  /** How many of them were single attempts of a held target: each doubles the next pause. */
  readonly holds: number;
}

export interface Attempt {
  /** The number of the fix in this monitor, which matches an outcome to its fix. */
  readonly number: number;
  readonly startedAt: number;
  readonly action: FixAction;
  readonly cause: Cause;
  readonly manual: boolean;
  /** The process before the fix: a different one later is its result. */
  readonly before?: ProcessIdentity;
  /** The target's pid at that time, alive or dead: its death is no result of this fix. */
  readonly pidBefore?: number;
  /** A restart signal was written and no process has consumed it yet. */
  readonly awaiting: boolean;
  /** Nobody consumed it within the start grace; it stays until somebody does, and costs nothing of the budget. */
  readonly untaken?: true;
}

/** `continue` sends SIGCONT to a suspended process; `restart` runs the target's fix. */
export type FixAction = 'continue' | 'restart';

export interface FixRecord {
  readonly at: number;
  /** AgentOS's words where they exist: `process not alive`, `port not listening`, `health check failed`. */
  readonly issue: string;
  readonly cause: Cause;
  readonly action: string;
  readonly result: 'running' | 'signal_created' | 'warning_logged' | 'success' | 'failed';
  readonly healthyAfterMs?: number;
  /** Until the first of the good checks that proved it: how long the fix took. */
  readonly workedAfterMs?: number;
  /** The reason for the failure, or the observation: one line. */
  readonly detail?: Text;
  /** The incident of the fix; none for a record by an older version. */
  readonly incident?: number;
  /** Missing before the verdict, and for a record without a repair (`warning_logged`). */
  readonly verdict?: Verdict;
}
