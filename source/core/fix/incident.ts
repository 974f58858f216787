import {recover} from '../check/health.ts';
import {isTold} from './crash-loop.ts';
import type {Failure} from '../model/fault.ts';
import type {Incident, IncidentRecord} from '../model/incident.ts';
import type {TargetState} from '../model/target.ts';
import {chain, notify, type Step} from '../notice.ts';
import type {Text} from '../model/text.ts';

/** Opens and ends incidents, and keeps the record of those that ended. */

/** Sets the faults of the open incident; opens one where there is none. */
export function withFaults(
  target: TargetState,
  faults: readonly Failure[],
  at: number,
): TargetState {
  return {
    ...target,
    incident: target.incident ? {...target.incident, faults} : newIncident(target, faults, at),
  };
}

/** An incident that is not `down` yet; the caller stores it. */
export function newIncident(target: TargetState, faults: readonly Failure[], at: number): Incident {
  return {
    number: target.incidentCount + 1,
    startedAt: at,
    faults,
    process: target.process,
    down: false,
    fixes: 0,
    held: [],
    deferred: false,
  };
}

/** The one place where an incident ends. Logs the recovery of a target that was down exactly once. */
export function closeIncident(target: TargetState, text: Text, at: number, toldText = text): Step {
  const {incident} = target;
  const told = incident?.down ?? false;
  // Of a target that flaps, one notice says so; the recovery from an outage is always told.
  const routine = target.health.flapping && !told && (incident?.fixes ?? 0) === 0;
  const recovered = told && !isTold(incident?.again);
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
      notify(target, {
        at,
        level: routine ? 'debug' : 'info',
        kind: recovered ? 'recovered' : routine ? 'check' : 'change',
        text: toldText,
      }),
    target => [
      target,
      [{type: 'cancel-fix', target: target.settings.name}, {type: 'write-status'}],
    ],
  );
}

const KEPT_INCIDENTS = 20;

/** Adds the incident to the ended ones; its number stays used. */
export function archived(
  {incidents, incidentCount}: TargetState,
  {number, startedAt, cause = 'unhealthy', faults, began, fixes, held, evidence, again}: Incident,
  end: Text,
  at: number,
): Pick<TargetState, 'incidents' | 'incidentCount'> {
  const record: IncidentRecord = {
    number,
    startedAt: again?.startedAt ?? startedAt,
    endedAt: at,
    cause,
    faults,
    ...began,
    fixes: fixes + (again?.fixes ?? 0),
    held: held.length > 0 || (again?.held ?? false),
    ...(evidence ? {evidence} : {}),
    ...(again ? {again: {...again, downMs: again.downMs + at - startedAt}} : {}),
    end,
  };
  return {
    incidentCount: Math.max(incidentCount, number),
    incidents: [...incidents, record].slice(-KEPT_INCIDENTS),
  };
}
