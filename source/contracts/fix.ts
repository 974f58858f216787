import type {FixOutcome} from '../core/event.ts';
import type {FixRequest} from '../core/effect.ts';

/** One way to repair a target: what `fix.use` names. */
export interface Fix {
  /** What a screen shows as the action, e.g. `restart signal` or the command. */
  readonly action: string;
  /** Does the restart and returns when it is done or has failed. `onSignalled` says that from now on somebody else has to act. */
  restart(request: FixRequest, context: FixContext): Promise<FixOutcome>;
}

export interface FixContext {
  readonly signal: AbortSignal;
  readonly target: string;
  readonly onSignalled: (detail: string) => void;
}
