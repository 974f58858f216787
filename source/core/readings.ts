import {type ProcessIdentity, type ProcessReading, type Readings} from './model/observation.ts';
import {mergeReadings} from './check/combine.ts';
import type {TargetState} from './model/target.ts';

/** The latest readings of a target, and the process that they identify. */

/** Adds new readings to a target, with the identity of a live process. A verification keeps the new process, to recognise its death. */
export function withReadings(target: TargetState, readings: Readings, at: number): TargetState {
  const identity = liveIdentity(readings.process);
  const next: TargetState = {
    ...target,
    readings: mergeReadings([target.readings, readings]),
    process: identity ?? target.process,
    goneSince:
      readings.process?.state === 'gone' || readings.process?.state === 'zombie'
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

/** Whether both processes are known and differ. */
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
