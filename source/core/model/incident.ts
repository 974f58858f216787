import type {Cause} from './cause.ts';
import type {Evidence} from './evidence.ts';
import type {Failure} from './fault.ts';
import type {ProcessIdentity} from './observation.ts';
import type {HeldReason} from './repair.ts';
import type {Text} from './text.ts';

/** From the first failed check to verified recovery; of a failure that comes back soon after each fix, to the last recovery. */
export interface Incident {
  readonly number: number;
  /** When the present failure began. */
  readonly startedAt: number;
  /** Set with the verdict. */
  readonly cause?: Cause;
  /** The faults of the last failed check. */
  readonly faults: readonly Failure[];
  /** The first verdict: a repair shows other faults, such as a closed port after a hang. */
  readonly began?: {readonly cause: Cause; readonly faults: readonly Failure[]};
  /** The faulty process: another one in its place means an external restart. */
  readonly process?: ProcessIdentity;
  /** The verdict was down, and logged. */
  readonly down: boolean;
  /** The number of fixes begun for it. */
  readonly fixes: number;
  /** The logged reason for holding it. A hold for the budget lasts to the end of the incident. */
  readonly held: readonly HeldReason[];
  /** The log says that its fix waits for another target. */
  readonly deferred: boolean;
  /** The last restart left the same process running, as a reload does. */
  readonly reloaded?: boolean;
  /** The evidence found before its last fix. */
  readonly evidence?: Evidence;
  /** What was before the present failure, where it came back after a fix. */
  readonly again?: CrashLoop;
}

/** The earlier rounds of an incident that goes on. */
export interface CrashLoop {
  /** When the first failure began. */
  readonly startedAt: number;
  /** How often it was down again. */
  readonly relapses: number;
  /** The fixes of the earlier rounds. */
  readonly fixes: number;
  /** It was held in one of them, and that is logged. */
  readonly held: boolean;
  /** How long it was healthy each time, the last 21. */
  readonly livedMs: readonly number[];
  readonly upMs: number;
  readonly downMs: number;
  /** When it was logged as a crash loop. */
  readonly toldAt?: number;
  readonly reminded?: boolean;
  /** Its end is logged. */
  readonly over?: boolean;
}

/** An ended incident. One that never was `down` is not kept. */
export interface IncidentRecord {
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: Cause;
  readonly faults: readonly Failure[];
  readonly fixes: number;
  /** It was held at some time. */
  readonly held: boolean;
  readonly evidence?: Evidence;
  readonly again?: CrashLoop;
  /** The logged ending. */
  readonly end: Text;
}
