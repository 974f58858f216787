import type {Gatherer} from '../contracts/gatherer.ts';
import type {Fix} from '../contracts/fix.ts';
import type {FixRequest, Notice} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import type {TargetProbes} from './check.ts';

/** What the runtime needs to perform effects. No function throws. */
export interface Handlers {
  /** Undefined for a target that has left the config file. */
  probesOf(target: string): TargetProbes | undefined;
  fixOf(target: string): Fix | undefined;
  gathererOf(target: string): Gatherer | undefined;
  /** Sends SIGCONT to the process, if it still is the same one. */
  continueProcess(request: FixRequest): FixOutcome;
  /** The greatest lateness of agent2's own timers since `at`, in ms. */
  worstLagSince(at: number): number;
  notify(notice: Notice): void;
  writeStatus(state: State): void;
  /** Saves the memory that must survive this process. Fixes wait for what it returns, which must come soon even from a disk that blocks. */
  remember(state: State): Promise<unknown> | void;
  /** Deletes the restart signal. */
  consumeSignal(): void;
}
