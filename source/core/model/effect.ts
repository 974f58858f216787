import type {Text} from './text.ts';
import type {Cause} from './cause.ts';
import type {Failure} from './fault.ts';
import type {ProcessIdentity} from './observation.ts';
import type {FixAction, Level} from './state.ts';

/** All that the core can ask of the shell. Every effect but `tell` and the cancels ends in an event. */
export type Effect =
  | {readonly type: 'check'; readonly target: string; readonly epoch: number}
  | {readonly type: 'cancel-check'; readonly target: string}
  /** Read the process and who owns the port, now. */
  | {readonly type: 'look'; readonly target: string; readonly epoch: number}
  | {
      readonly type: 'fix';
      readonly target: string;
      readonly epoch: number;
      readonly request: FixRequest;
    }
  /** The fix has no longer to wait: recovered, superseded or given up. */
  | {readonly type: 'cancel-fix'; readonly target: string}
  /** Delete the restart signal that somebody left for us. */
  | {readonly type: 'consume-signal'; readonly target: string}
  | {readonly type: 'tell'; readonly notice: Notice}
  /** Keep, before anything else is done, what has to survive the end of this process: see `memory.ts`. */
  | {readonly type: 'remember'}
  | {readonly type: 'write-status'};

export interface FixRequest {
  readonly action: FixAction;
  readonly cause: Cause;
  /** AgentOS's word for the reason, as `restart_signal` carries it. */
  readonly reason: 'process_not_alive' | 'port_not_listening' | 'health_check_failed';
  /** The number of the attempt, given back in the events of its outcome. */
  readonly attempt: number;
  readonly faults: readonly Failure[];
  /** The process to continue, replace or stop. */
  readonly process?: ProcessIdentity;
  /** Look for what may explain the trouble before acting: nothing was found for this incident yet. */
  readonly gather: boolean;
  /** The attempt before left the old process running: stop it first. */
  readonly stopFirst: boolean;
  /** `process` is known by more than its port, where somebody else may listen by now: the fix may end it. */
  readonly mayStop: boolean;
}

/** One thing worth a line. `kind` lets a reader of lines leave out what is no change: `check` is every check, `heartbeat` one a minute. */
export interface Notice {
  readonly at: number;
  readonly target: string;
  readonly level: Level;
  readonly kind: 'check' | 'heartbeat' | 'change' | 'warn' | 'down' | 'fix' | 'recovered' | 'held';
  readonly text: Text;
}
