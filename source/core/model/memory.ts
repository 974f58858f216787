import type {Ledger} from './ledger.ts';
import type {Incident, IncidentRecord} from './incident.ts';
import type {FixRecord, HeldReason, Waste} from './repair.ts';
import type {TargetState} from './target.ts';

/** The memory of a target across restarts of agent2, `kill -9` included: without it, each restart of agent2 could restart the service once more. */
export interface TargetMemory {
  readonly fixes: readonly FixRecord[];
  readonly attempts: number;
  /** When fixes began, oldest first, those without a known end included. */
  readonly attemptTimes: readonly number[];
  readonly waste?: Waste;
  readonly slowStarts?: number;
  readonly lastAttemptEndedAt?: number;
  readonly held?: {
    readonly reason: HeldReason;
    readonly since: number;
    readonly nextAttemptAt: number;
  };
  readonly incident?: Incident;
  readonly incidentCount: number;
  readonly incidents: readonly IncidentRecord[];
  readonly ledger: Ledger;
  /** The `question` under which it was good; none if it never was. */
  readonly provenBy?: string;
  /** Its past fixes are not known, so its heal budget counts as spent when it starts. */
  readonly spent?: boolean;
  /** A requested pause, with its end where it has one. */
  readonly paused?: {readonly untilAt?: number};
  /** The choices of people that differ from the configuration, and the configuration of that time. */
  readonly chosen?: Pick<TargetState, 'preset' | 'observing' | 'configured'>;
}
