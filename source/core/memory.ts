import type {Incident} from './model/incident.ts';
import type {TargetState} from './model/target.ts';
import type {TargetMemory} from './model/memory.ts';

export const emptyMemory: TargetMemory = {
  fixes: [],
  attempts: 0,
  attemptTimes: [],
  incidentCount: 0,
  incidents: [],
  ledger: {},
};

/** What must survive a restart of agent2. */
export function memoryOf(target: TargetState): TargetMemory {
  const {
    fixes,
    attempts,
    attemptTimes,
    waste,
    slowStarts,
    lastAttemptEndedAt,
    repair,
    incident,
    incidentCount,
    incidents,
    ledger,
    proven,
    settings,
  } = target;
  const held =
    repair.step === 'held'
      ? {reason: repair.reason, since: repair.since, nextAttemptAt: repair.nextAttemptAt}
      : undefined;
  return {
    fixes,
    attempts,
    attemptTimes,
    waste,
    slowStarts,
    lastAttemptEndedAt,
    ...(held ? {held} : {}),
    ...(incident ? {incident} : {}),
    incidentCount,
    incidents,
    ledger,
    ...(proven ? {provenBy: questionOf(settings)} : {}),
    ...choicesOf(target),
  };
}

/** What was proven under one question says nothing under another. */
export function questionOf({question, fingerprint}: TargetState['settings']): string {
  return question ?? fingerprint;
}

/** What people chose at run time: a pause, a preset, `observe only`. */
function choicesOf({
  paused,
  pausedUntil: untilAt,
  preset,
  observing,
  configured,
}: TargetState): Pick<TargetMemory, 'paused' | 'chosen'> {
  const chosen = preset !== configured.preset || observing !== configured.observing;
  return {
    ...(paused ? {paused: untilAt === undefined ? {} : {untilAt}} : {}),
    ...(chosen ? {chosen: {preset, observing, configured}} : {}),
  };
}

/** Whether both states of a target have the same memory, so that it need not be saved. */
export function sameMemory(a: TargetState, b: TargetState | undefined): boolean {
  return (
    a === b ||
    (b !== undefined &&
      a.fixes === b.fixes &&
      a.attempts === b.attempts &&
      a.attemptTimes === b.attemptTimes &&
      a.waste === b.waste &&
      a.slowStarts === b.slowStarts &&
      a.lastAttemptEndedAt === b.lastAttemptEndedAt &&
      sameIncident(a.incident, b.incident) &&
      a.incidents === b.incidents &&
      a.ledger === b.ledger &&
      a.proven === b.proven &&
      a.paused === b.paused &&
      a.pausedUntil === b.pausedUntil &&
      a.preset === b.preset &&
      a.observing === b.observing &&
      (a.repair === b.repair || (a.repair.step !== 'held' && b.repair.step !== 'held')))
  );
}

/** A further failed check of an incident needs no immediate write. */
function sameIncident(a: Incident | undefined, b: Incident | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.number === b.number &&
    a.cause === b.cause &&
    a.down === b.down &&
    a.fixes === b.fixes &&
    a.held === b.held &&
    a.deferred === b.deferred &&
    a.evidence === b.evidence &&
    a.again === b.again
  );
}
