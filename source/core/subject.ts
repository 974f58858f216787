import type {Failure} from './model/fault.ts';
import {type ProcessIdentity, type ProcessReading, type Readings} from './model/observation.ts';
import {mergeReadings} from './check/combine.ts';
import type {Incident} from './model/incident.ts';
import type {TargetState} from './model/target.ts';

/** The facts about a target: its readings, its process, the faults of its incident. */

/** Keeps the readings and the identity of the live process; a verification notes the first new process. */
export function remember(target: TargetState, readings: Readings, at: number): TargetState {
  const identity = liveIdentity(readings.process);
  const next: TargetState = {
    ...target,
    readings: mergeReadings([target.readings, readings]),
    process: identity ?? target.process,
    goneSince:
      readings.process?.state === 'gone'
        ? (target.goneSince ?? at)
        : identity
          ? undefined
          : target.goneSince,
  };
  const {repair} = next;
  if (repair.step !== 'verifying' || repair.attempt.awaiting || !identity) return next;
  return isReplaced(repair.attempt.before, identity) || !repair.attempt.before
    ? {...next, repair: {...repair, seen: identity}}
    : next;
}

export function isReplaced(
  before: ProcessIdentity | undefined,
  now: ProcessIdentity | undefined,
): boolean {
  return (
    before !== undefined &&
    now !== undefined &&
    (before.pid !== now.pid || before.startKey !== now.startKey)
  );
}

function liveIdentity(reading: ProcessReading | undefined): ProcessIdentity | undefined {
  return reading?.state === 'alive' || reading?.state === 'stopped' || reading?.state === 'traced'
    ? reading.identity
    : undefined;
}

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
