import {CAUSES} from '../causes.ts';
import {askedOf, diagnose, isSome, leadingFault} from '../check/diagnosis.ts';
import type {Cause} from '../model/cause.ts';
import type {FoundCause} from '../model/evidence.ts';
import type {TargetState} from '../model/target.ts';
import type {Text} from '../model/text.ts';
import {message} from '../text/message.ts';
import {MAX_HOLD_MS} from './waste.ts';

/** What a restart cannot help, or the service asks to leave alone. */

/** The longest wait for a service that asks for it: a `Retry-After` in every answer must not keep it down for good. */
const MOST_ASKED_MS = 10 * 60_000;

/** agent2 says so, and leaves the target alone. */
export function isOnlyTold(target: TargetState, cause: Cause): boolean {
  const {remedy} = CAUSES[cause];
  return remedy === 'warn' || remedy === 'leave' || (remedy === 'tell' && !isWanted(target, cause));
}

/**
 * When the next attempt comes after one showed that a restart does not mend it; undefined where it may. Never for a service that answers, which recovers by
 * itself; rarely where the evidence names the cause, since a dead service does not come back when the disk has room again.
 */
export function attemptElsewhereAt(
  target: TargetState,
  cause: Cause,
  at: number,
): number | undefined {
  const {incident, repair} = target;
  if (isWanted(target, 'elsewhere') || !incident || incident.fixes === 0) return undefined;
  if (CAUSES[cause].remedy === 'once') return Infinity;
  if (!incident.evidence?.found.some(found => ELSEWHERE.includes(found))) return undefined;
  const known =
    repair.step === 'held' && repair.reason === 'elsewhere' && repair.nextAttemptAt !== Infinity;
  return known ? repair.nextAttemptAt : at + MAX_HOLD_MS;
}

/** The findings that a restart does not mend. */
const ELSEWHERE: readonly FoundCause[] = ['disk_full'];

/** When the time ends that the service asked for; -Infinity where it asked for none. */
export function askedToWaitUntil(target: TargetState): number {
  const {incident, lastCheck} = target;
  if (!incident || !lastCheck) return -Infinity;
  const fault = leadingFault(incident.faults, askedOf(target));
  if (fault?.kind !== 'status_unexpected' || fault.retryAfterMs === undefined) return -Infinity;
  return Math.min(lastCheck.at + fault.retryAfterMs, incident.startedAt + MOST_ASKED_MS);
}

/** The cause of the open incident, before its verdict too; undefined while it recovers. */
export function presentCause(target: TargetState): Cause | undefined {
  const {incident, health} = target;
  if (!incident || health.successes > 0) return undefined;
  return (
    incident.cause ??
    (isSome(incident.faults) ? diagnose(incident.faults, askedOf(target)) : undefined)
  );
}

/** Why a cause that is only told leads to no restart; undefined for the others. */
export function toldText(target: TargetState, cause: Cause | undefined): Text | undefined {
  if (cause === undefined || !isOnlyTold(target, cause)) return undefined;
  switch (cause) {
    case 'probe_wrong':
      return message`not restarted: it was never good yet, so the check may ask for the wrong thing`;
    case 'refused':
      return message`not restarted: it answers, and rejects the request`;
    default:
      return undefined;
  }
}

function isWanted({settings: {healFor = []}}: TargetState, cause: Cause): boolean {
  return healFor.includes(cause);
}
