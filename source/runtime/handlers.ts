import type {Gatherer} from '../contracts/evidence.ts';
import type {Fix} from '../contracts/fix.ts';
import type {FixRequest, Notice} from '../core/model/effect.ts';
import type {FixOutcome} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import type {TargetProbes} from './check.ts';

/** What effects are performed with. None throws. */
export interface Handlers {
  /** Undefined for a target that a config file no longer has. */
  probesOf(target: string): TargetProbes | undefined;
  fixOf(target: string): Fix | undefined;
  gathererOf(target: string): Gatherer | undefined;
  /** SIGCONT, by identity. */
  continueProcess(request: FixRequest): FixOutcome;
  worstLagSince(at: number): number;
  notify(notice: Notice): void;
  writeStatus(state: State): void;
  /** Keeps, before it returns, what has to survive our end. */
  remember(state: State): void;
  consumeSignal(): void;
}
