import type {FixRequest} from '../core/model/effect.ts';
import type {Evidence} from '../core/model/evidence.ts';
import type {Readings} from '../core/model/observation.ts';

/** Gathers evidence about the problem of one target, just before its repair. */
export interface Gatherer {
  /** The longest time of `gather`, in ms. */
  readonly limitMs: number;
  /** `readings` are the latest of the target. Evidence that is unavailable is missing from the result, or replaced by the reason. Ends early when `signal` is aborted. */
  gather(request: FixRequest, readings: Readings, signal: AbortSignal): Promise<Evidence>;
  /** Called while the target is healthy: records a baseline, and facts about a process that may be gone later. Cheap; never throws. */
  noteHealthy(readings: Readings): void;
}
