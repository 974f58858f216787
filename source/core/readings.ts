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
    aliveAt: identity ? at : target.aliveAt,
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

/** The process that was the service, and when it was last seen alive, where that is known. */
export interface LastSeen {
  readonly process?: ProcessIdentity;
  readonly aliveAt?: number;
}

/**
 * Whether the present process began after the one before was last seen alive, as a restart brings it; one that was there before was only
 * identified anew. Also where the times are unknown.
 */
export function isRestarted({aliveAt}: LastSeen, {process}: Readings): boolean {
  const startedAt = process && 'startedAt' in process ? process.startedAt : undefined;
  if (aliveAt === undefined || startedAt === undefined) return true;
  // Some platforms tell whole seconds only, rounded down.
  const roundingMs = startedAt % 1_000 === 0 ? 1_000 : ROUNDING_MS;
  return startedAt >= aliveAt - roundingMs;
}

/** A start time is rounded to 10 ms. */
const ROUNDING_MS = 20;

export function lastSeen({process, aliveAt}: TargetState): LastSeen {
  return {process, aliveAt};
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
