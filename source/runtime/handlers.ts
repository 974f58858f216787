import type {Gatherer} from '../contracts/evidence.ts';
import type {Fix} from '../contracts/fix.ts';
import type {FixRequest, Notice} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import type {TargetProbes} from './check.ts';

/** Performs the effects. None throws. */
export interface Handlers {
  /** Undefined for a target that has left the config file. */
  probesOf(target: string): TargetProbes | undefined;
  fixOf(target: string): Fix | undefined;
  gathererOf(target: string): Gatherer | undefined;
  /** SIGCONT, by identity. */
  continueProcess(request: FixRequest): FixOutcome;
  worstLagSince(at: number): number;
  notify(notice: Notice): void;
  writeStatus(state: State): void;
  /** Saves, before it returns, the memory that must survive this process. */
  remember(state: State): void;
  consumeSignal(): void;
}
