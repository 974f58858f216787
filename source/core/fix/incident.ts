import {recover} from '../check/health.ts';
import type {Incident, IncidentRecord} from '../model/incident.ts';
import type {TargetState} from '../model/target.ts';
import {chain, tell, type Step} from '../notice.ts';
import type {Text} from '../model/text.ts';

/** Ends incidents and keeps their record. */

/** The one place where an incident ends. Logs the recovery of a target that was down exactly once. */
export function closeIncident(target: TargetState, text: Text, at: number, toldText = text): Step {
  const {incident} = target;
  const told = incident?.down ?? false;
  const closed: TargetState = {
    ...target,
    ...(incident && (told || incident.fixes > 0) ? archived(target, incident, text, at) : {}),
    incident: undefined,
    repair: {step: 'idle'},
    graceUntil: undefined,
    health: recover(target.health, at),
    healthySince: at,
  };
  return chain(
    closed,
    target =>
      tell(target, {at, level: 'info', kind: told ? 'recovered' : 'change', text: toldText}),
    target => [
      target,
      [{type: 'cancel-fix', target: target.settings.name}, {type: 'write-status'}],
    ],
  );
}

const KEPT_INCIDENTS = 20;

/** Adds the incident to the ended ones; its number stays used. */
export function archived(
  {incidents}: TargetState,
  {number, startedAt, cause, faults, fixes, held, evidence}: Incident,
  end: Text,
  at: number,
): Pick<TargetState, 'incidents' | 'incidentCount'> {
  const record: IncidentRecord = {
    number,
    startedAt,
    endedAt: at,
    cause: cause ?? 'unhealthy',
    faults,
    fixes,
    held: held.length > 0,
    ...(evidence ? {evidence} : {}),
    end,
  };
  return {incidentCount: number, incidents: [...incidents, record].slice(-KEPT_INCIDENTS)};
}
