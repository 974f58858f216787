import type {Text} from './text.ts';
import type {Cause} from './cause.ts';
import type {Failure} from './fault.ts';
import type {ProcessIdentity} from './observation.ts';
import type {FixAction} from './repair.ts';
import type {Level} from './target.ts';

/** Every effect that the core asks of the shell. `check`, `inspect` and `fix` report their outcome as an event. */
export type Effect =
  | {readonly type: 'check'; readonly target: string; readonly epoch: number}
  | {readonly type: 'cancel-check'; readonly target: string}
  /** Read the process and the owner of the port now, without the other probes. */
  | {readonly type: 'inspect'; readonly target: string; readonly epoch: number}
  | {
      readonly type: 'fix';
      readonly target: string;
      readonly epoch: number;
      readonly request: FixRequest;
    }
  /** Abort the running fix: the target recovered, or the fix was superseded or given up. */
  | {readonly type: 'cancel-fix'; readonly target: string}
  /** Delete the restart signal that another process left for agent2. */
  | {readonly type: 'consume-signal'; readonly target: string}
  /** Log a line, and send it to the clients that follow the monitor. */
  | {readonly type: 'notify'; readonly notice: Notice}
  /** Save the memory that must survive this process (`core/memory.ts`); comes before every other effect. */
  | {readonly type: 'remember'}
  | {readonly type: 'write-status'}
  /** A decision threw, which is a bug: report it. The event is dropped for `target`, or for all targets, which go on. */
  | {readonly type: 'unexpected'; readonly target: string | undefined; readonly error: unknown};

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
  /** Gather evidence before acting, since the incident has none yet. */
  readonly gather: boolean;
  /** The previous attempt left the old process running: stop it first. */
  readonly stopFirst: boolean;
  /** More than the port identifies `process`, so the fix may end it; another process may listen there by now. */
  readonly mayStop: boolean;
}

/**
 * One log line. `kind` lets a reader leave out the routine ones: `check` comes with every check, `heartbeat` once a minute, `again` with every
 * further failure of a crash loop, which `relapsing` tells once.
 */
export interface Notice {
  readonly at: number;
  readonly target: string;
  readonly level: Level;
  readonly kind:
    | 'check'
    | 'heartbeat'
    | 'change'
    | 'warn'
    | 'down'
    | 'again'
    | 'relapsing'
    | 'fix'
    | 'recovered'
    | 'held';
  readonly text: Text;
}
