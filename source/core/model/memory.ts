import type {Ledger} from './ledger.ts';
import type {FixRecord, Incident, IncidentRecord, TargetState} from './state.ts';

/** What a target has to know of itself after a restart of agent2, `kill -9` included: else it would restart a service once more for every restart of its own. */
export interface TargetMemory {
  readonly fixes: readonly FixRecord[];
  readonly attempts: number;
  /** When fixes began, oldest first: also one that was not seen to end. */
  readonly attemptTimes: readonly number[];
  readonly lastAttemptEndedAt?: number;
  readonly held?: {
    readonly reason: 'budget' | 'port_taken';
    readonly since: number;
    readonly nextAttemptAt: number;
  };
  readonly incident?: Incident;
  readonly incidentCount: number;
  readonly incidents: readonly IncidentRecord[];
  readonly ledger: Ledger;
  /** A pause that was asked for, with its end where it has one. */
  readonly paused?: {readonly untilAt?: number};
  /** What people chose that is not what was configured, and what was configured then. */
  readonly chosen?: Pick<TargetState, 'preset' | 'observing' | 'configured'>;
}
