import type {FixRequest} from '../core/model/effect.ts';
import type {Evidence} from '../core/model/evidence.ts';
import type {Readings} from '../core/model/observation.ts';

/** Looks for what may explain the trouble of one target, just before it is repaired. */
export interface Gatherer {
  /** The longest that `gather` may take, in ms: whoever waits for it need not wait any longer. */
  readonly limitMs: number;
  /** `readings` are the latest of the target. What cannot be found out is missing from the result, or says why; ends early when `signal` is aborted. */
  gather(request: FixRequest, readings: Readings, signal: AbortSignal): Promise<Evidence>;
  /** All is well just now: what there is to compare with, and to tell of a process that will be gone by then. Cheap; throws nothing. */
  noteWell(readings: Readings): void;
}
