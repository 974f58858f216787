import type {Failure, Fault} from '../model/fault.ts';
import type {Event} from '../model/event.ts';
import type {TargetStart} from '../model/event.ts';
import type {ProcessReading, ProcessSource} from '../model/observation.ts';
import type {Budget} from '../model/policy.ts';
import type {FixAction} from '../model/repair.ts';
import type {Figures} from './tally.ts';

/** What a recording shows of the services, without the run's decisions. Times are epoch ms, corrected for clock jumps. */
export interface History {
  readonly from: number;
  readonly to: number;
  readonly targets: readonly TargetHistory[];
  readonly healBudget?: Budget;
  readonly brake?: false;
}

export interface TargetHistory {
  readonly start: TargetStart;
  readonly startsPaused: boolean;
  /** When that pause ends by itself, if it does. */
  readonly pausedUntil?: number;
  /** In the order of time; the first may lie before `from`. */
  readonly sightings: readonly Sighting[];
  /** In the order of time. */
  readonly problems: readonly Problem[];
  /** When no check ran or could run: in the order of time. */
  readonly gaps: readonly Gap[];
  /** The requests of people. */
  readonly controls: readonly Control[];
  readonly healing: Healing;
  /** How its process is known, if it is. */
  readonly via?: ProcessSource;
  /** The results of the recorded run itself, to compare others with. */
  readonly happened: Figures;
}

export type Control = Extract<
  Event,
  {type: 'restart-requested' | 'paused' | 'resumed' | 'observing' | 'preset'}
>;

/** What one check or inspection saw. `at` is when it began: the facts held by then. */
export interface Sighting {
  readonly at: number;
  readonly tookMs: number;
  readonly kind: 'good' | 'bad' | 'unknown';
  readonly latencyMs?: number;
  readonly faults: readonly Failure[];
  readonly warnings: readonly Fault[];
  /** Where the process was not alive. */
  readonly process?: ProcessReading;
  /** The number of external restarts by then. */
  readonly generation: number;
}

/** From the first bad sighting to the first good one. */
export interface Problem {
  readonly from: number;
  /** Infinity where the recording ends in it. */
  readonly to: number;
  /** The fixes of that time, and how long each took to succeed or fail. */
  readonly attempts: ReadonlyArray<{readonly tookMs: number}>;
  /** The last of these fixes repaired it; else it ended by itself, or not at all. */
  readonly repaired: boolean;
  /** The last sighting before the first fix: later ones show the effect of the fix. */
  readonly beforeFix?: Sighting;
  /** A restart of a healthy service: no problem of its own. */
  readonly byFix: boolean;
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** How long fixes take, by action: to finish, and until the service is healthy. */
export type Healing = Readonly<
  Record<
    FixAction,
    {readonly doneMs: number; readonly healthyMs: number; readonly measured: number}
  >
>;

/** The number of the fix that repairs a problem; Infinity when fixes do not help. */
export function fixesNeeded({attempts, repaired}: Problem): number {
  if (repaired) return attempts.length;
  return attempts.length === 0 ? 1 : Infinity;
}
