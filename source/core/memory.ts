import type {FixRecord, Incident, IncidentRecord, TargetState} from './state.ts';
import type {Ledger} from './ledger.ts';

/** What a target has to know of itself after a restart of agent2, `kill -9` included: else it would restart a service once more for every restart of its own. */
export interface TargetMemory {
  readonly fixes: readonly FixRecord[];
  readonly attempts: number;
  /** When fixes began, oldest first: also one that was not seen to end. */
  readonly attemptTimes: readonly number[];
  readonly lastAttemptEndedAt?: number;
  readonly held?: {readonly reason: 'budget' | 'port_taken'; readonly since: number; readonly nextAttemptAt: number};
  readonly incident?: Incident;
  readonly incidentCount: number;
  readonly incidents: readonly IncidentRecord[];
  readonly ledger: Ledger;
}

export const emptyMemory: TargetMemory = {fixes: [], attempts: 0, attemptTimes: [], incidentCount: 0, incidents: [], ledger: {}};

export function memoryOf({fixes, attempts, attemptTimes, lastAttemptEndedAt, repair, incident, incidentCount, incidents, ledger}: TargetState): TargetMemory {
  const held = repair.step === 'held' ? {reason: repair.reason, since: repair.since, nextAttemptAt: repair.nextAttemptAt} : undefined;
  return {fixes, attempts, attemptTimes, lastAttemptEndedAt, ...(held ? {held} : {}), ...(incident ? {incident} : {}), incidentCount, incidents, ledger};
}

/** Whether there is anything new to remember. */
export function remembersSame(a: TargetState, b: TargetState | undefined): boolean {
  return (
    a === b ||
    (b !== undefined &&
      a.fixes === b.fixes &&
      a.attempts === b.attempts &&
      a.attemptTimes === b.attemptTimes &&
      a.lastAttemptEndedAt === b.lastAttemptEndedAt &&
      sameIncident(a.incident, b.incident) &&
      a.incidents === b.incidents &&
      a.ledger === b.ledger &&
      (a.repair === b.repair || (a.repair.step !== 'held' && b.repair.step !== 'held')))
  );
}

/** What each further failed check says of an incident is no news that has to be written at once. */
function sameIncident(a: Incident | undefined, b: Incident | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.number === b.number && a.cause === b.cause && a.down === b.down && a.fixes === b.fixes && a.held === b.held && a.deferred === b.deferred && a.evidence === b.evidence;
}
