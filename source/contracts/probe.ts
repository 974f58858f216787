import type {ProbeName} from '../core/fault.ts';
import type {ProbeResult} from '../core/observation.ts';

/** One way to look at a target. Expected trouble is a fault in the result; a throw is a bug, or the abort of `signal`. */
export interface Probe {
  readonly kind: ProbeName;
  look(context: ProbeContext): Promise<ProbeResult>;
}

export interface ProbeContext {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly slowMs: number;
}
