import type {Failure, Fault} from '../model/fault.ts';
import type {Event} from '../model/event.ts';
import type {TargetStart} from '../model/event.ts';
import type {ProcessReading, ProcessSource} from '../model/observation.ts';
import type {Budget, FixAction} from '../model/state.ts';
import type {Figures} from './tally.ts';

/** What a recording tells about the services themselves, apart from what was made of it. Times run evenly: jumps of the clock are taken out. */
export interface History {
  readonly from: number;
  readonly to: number;
  readonly targets: readonly TargetHistory[];
  readonly healBudget?: Budget;
}

export interface TargetHistory {
  readonly start: TargetStart;
  readonly startsPaused: boolean;
  /** When that pause ends by itself, where it does. */
  readonly pausedUntil?: number;
  /** In the order of time; the first may lie before `from`. */
  readonly sightings: readonly Sighting[];
  /** In the order of time. */
  readonly troubles: readonly Trouble[];
  /** When nobody looked, or nobody could: in the order of time. */
  readonly gaps: readonly Gap[];
  /** What people asked for. */
  readonly controls: readonly Control[];
  readonly healing: Healing;
  /** How its process is known, where it is. */
  readonly via?: ProcessSource;
  /** What the recorded settings came to. */
  readonly happened: Figures;
}

export type Control = Extract<
  Event,
  {type: 'restart-requested' | 'paused' | 'resumed' | 'observing' | 'preset'}
>;

/** One look. `at` is when it began: what it saw was so by then. */
export interface Sighting {
  readonly at: number;
  readonly tookMs: number;
  readonly kind: 'good' | 'bad' | 'unknown';
  readonly latencyMs?: number;
  readonly faults: readonly Failure[];
  readonly warnings: readonly Fault[];
  /** Where it was anything but alive. */
  readonly process?: ProcessReading;
  /** How often somebody else had restarted it by then. */
  readonly generation: number;
}

/** From the first bad look to the first good one. */
export interface Trouble {
  readonly from: number;
  /** Infinity where the recording ends in it. */
  readonly to: number;
  /** The fixes that were made meanwhile, and how long each took to succeed or fail. */
  readonly attempts: ReadonlyArray<{readonly tookMs: number}>;
  /** The last of these fixes mended it; else it ended by itself, or not at all. */
  readonly mended: boolean;
  /** What was seen last before the first fix: what follows is the doing of the fix. */
  readonly beforeFix?: Sighting;
  /** A restart of a service that was well: no trouble of its own. */
  readonly byFix: boolean;
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** How long fixes take, by action: to be done, and until the service is well. */
export type Healing = Readonly<
  Record<
    FixAction,
    {readonly doneMs: number; readonly healthyMs: number; readonly measured: number}
  >
>;

/** Which fix of a trouble mends it; Infinity when fixes do not help. */
export function fixesNeeded({attempts, mended}: Trouble): number {
  if (mended) return attempts.length;
  return attempts.length === 0 ? 1 : Infinity;
}
