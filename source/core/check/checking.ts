import {askedOf, diagnose, isHard, needsNoThreshold} from './diagnosis.ts';
import {hardEvidence, noteReplacement, softEvidence} from './verdict.ts';
import {closeIncident, withFaults} from '../fix/incident.ts';
import {fail, succeed} from './health.ts';
import {type Observation} from '../model/observation.ts';
import {isHeldByDebugger} from './combine.ts';
import {endLoop} from '../fix/crash-loop.ts';
import {judgeHealed} from '../fix/ledger.ts';
import {chain, notify, type Step} from '../notice.ts';
import {RETRY_PAUSE_MS} from '../model/policy.ts';
import {withoutWaste} from '../fix/waste.ts';
import type {Text} from '../model/text.ts';
import {joined, message} from '../text/message.ts';
import {answerTime, span} from '../text/span.ts';
import type {TargetState} from '../model/target.ts';
import {isStarting, reschedule} from './pace.ts';
import {isConcerning} from '../faults.ts';
import {lastOutcome, sampleOf, withSample} from './samples.ts';
import {warnedBeside, warnings} from './warnings.ts';
import {unobserved} from '../stall.ts';
import {lastSeen, withReadings} from '../readings.ts';
import {observeUptime} from './uptime.ts';
import {verify} from '../fix/verification.ts';
import {whyLine} from '../why.ts';

const HEARTBEAT_MS = 60_000;

type Failed = Extract<Observation, {kind: 'failed'}>;
type Ok = Extract<Observation, {kind: 'ok'}>;

/** Applies a finished check of the current epoch. The next one comes an interval after `startedAt`. */
export function checked(
  target: TargetState,
  observation: Observation,
  startedAt: number,
  at: number,
): Step {
  if (observation.kind === 'inconclusive')
    return inconclusive(target, observation.reason, startedAt, at);
  const held = observation.kind === 'ok' ? observation.warnings?.find(isHeldByDebugger) : undefined;
  // A held target accepts no request, so the check cannot tell whether the problem is over.
  if (held && (target.incident || target.repair.step === 'verifying'))
    return inconclusive(target, held.text, startedAt, at);
  if (observation.kind === 'ok' && isOutdated(target, startedAt))
    return chain(
      reschedule(target, startedAt, at),
      target =>
        notify(
          target,
          checkNotice(observation, at, message`, before its process ended or stopped`),
        ),
      target => [target, [{type: 'write-status'}]],
    );
  const before = lastSeen(target);
  const {tries} = target.check;
  const seen = withReadings(target, observation.readings, at);
  if (
    observation.kind === 'failed' &&
    tries < target.policy.retries &&
    seen.repair.step !== 'verifying' &&
    !observation.faults.some(needsNoThreshold)
  ) {
    const again: TargetState = {
      ...seen,
      check: {state: 'idle', dueAt: at + RETRY_PAUSE_MS, tries: tries + 1},
    };
    return chain(
      again,
      target =>
        notify(
          target,
          checkNotice(observation, at, message`; try ${tries + 1} of ${target.policy.retries + 1}`),
        ),
      target => noteReplacement(target, before, at),
    );
  }
  const recorded: TargetState = {
    ...seen,
    lastCheck: {at, observation},
    proven: seen.proven === true || observation.kind === 'ok',
    samples:
      isStarting(seen, at) && observation.kind === 'failed'
        ? seen.samples
        : withSample(seen.samples, sampleOf(observation, at, seen.health.totalChecks > 0)),
    uptime: observeUptime(seen.uptime, seen.health, at),
  };
  return chain(
    recorded,
    target => notify(target, checkNotice(observation, at, '')),
    target => noteReplacement(target, before, at),
    target => (observation.kind === 'failed' ? stillDown(target, at) : [target, []]),
    target => {
      if (target.repair.step === 'verifying') return verify(target, observation, at);
      return observation.kind === 'ok'
        ? good(target, observation, at)
        : bad(target, observation, at);
    },
    target => flapNotice(target, recorded.health.flapping, at),
    target => [reschedule(target, startedAt, at), [{type: 'write-status'}]],
  );
}

/** A good check that began before the watch saw the process end says nothing about that: the inspection that follows does. */
function isOutdated({repair, goneSince, incident}: TargetState, startedAt: number): boolean {
  const isAsking = repair.step === 'looking' || repair.step === 'settling';
  return isAsking && startedAt < Math.max(goneSince ?? -Infinity, incident?.startedAt ?? -Infinity);
}

/** Logs again an incident from before a restart of agent2, since readers of this log have not seen it. */
function stillDown(target: TargetState, at: number): Step {
  if (target.health.totalChecks > 0 || !target.incident?.down) return [target, []];
  return notify(target, {
    at,
    level: 'error',
    kind: 'change',
    text: message`still down: ${whyLine(target, at)}`,
  });
}

/** The check itself failed, so it does not count against the target. */
function inconclusive(target: TargetState, reason: Text, startedAt: number, at: number): Step {
  const noted: TargetState = {
    ...unobserved(target, at - startedAt),
    samples: withSample(target.samples, {at, outcome: 'inconclusive'}),
  };
  const again = lastOutcome(target.samples) === 'inconclusive';
  const [told, effects] = notify(noted, {
    at,
    level: again ? 'debug' : 'info',
    kind: again ? 'check' : 'change',
    text: message`inconclusive check, which does not count: ${reason}`,
  });
  return [reschedule(told, startedAt, at), effects];
}

function good(target: TargetState, observation: Ok, at: number): Step {
  const health = succeed(
    target.health,
    at,
    target.policy,
    isConcerning(observation.warnings ?? []),
  );
  const healthy =
    health.level === 'ok' ||
    (health.level === 'warn' && health.successes >= target.policy.recoveryThreshold);
  const next: TargetState = {
    ...target,
    health,
    graceUntil: undefined,
    // Whoever answers now, its end begins a settle time of its own.
    goneSince: undefined,
    healthySince: target.healthySince ?? (healthy ? at : undefined),
  };
  return chain(
    next,
    target =>
      target.incident && healthy
        ? closeIncident(target, endText(target, at), at)
        : firstGood(target, at),
    target => warnings(target, observation.warnings ?? [], at),
    target => [withoutWaste(judgeHealed(target, at), at), []],
    target => endLoop(target, at),
    target => heartbeat(target, observation, at),
  );
}

function endText(target: TargetState, at: number): Text {
  const lasted = span(at - (target.incident?.startedAt ?? at));
  return target.incident?.down
    ? message`recovered by itself after ${lasted}`
    : message`ok again after ${lasted}, before a fix was needed`;
}

function firstGood(target: TargetState, at: number): Step {
  return target.health.totalChecks === 1
    ? notify(target, {at, level: 'info', kind: 'change', text: message`healthy at first sight`})
    : [target, []];
}

function heartbeat(target: TargetState, {latencyMs}: Ok, at: number): Step {
  if (target.health.level !== 'ok' || target.incident || at - target.lastHeartbeatAt < HEARTBEAT_MS)
    return [target, []];
  const text =
    latencyMs === undefined
      ? message`healthy`
      : message`healthy, answered in ${answerTime(latencyMs)}`;
  return notify({...target, lastHeartbeatAt: at}, {at, level: 'info', kind: 'heartbeat', text});
}

/** Applies a failed check outside of a verification: hard evidence has its own path, the rest counts towards the threshold. */
function bad(target: TargetState, observation: Failed, at: number): Step {
  const {faults} = observation;
  const hard = faults.some(isHard);
  if (!hard && isStarting(target, at) && diagnose(faults, askedOf(target)) !== 'probe_wrong')
    return [target, []];
  // Hard evidence is confirmed first.
  const threshold = hard
    ? Infinity
    : faults.some(needsNoThreshold)
      ? 1
      : target.policy.failureThreshold;
  const failed: TargetState = {
    ...target,
    health: fail(target.health, at, threshold),
  };
  return chain(
    withFaults(failed, faults, at),
    next => (observation.warnings ? warnedBeside(next, observation, at) : [next, []]),
    next => (hard ? hardEvidence(next, faults, at) : softEvidence(next, faults, at)),
  );
}

/** Flapping may begin with a good check as well as with a failed one. */
function flapNotice(target: TargetState, before: boolean, at: number): Step {
  const {flapping} = target.health;
  if (flapping === before) return [target, []];
  return flapping
    ? notify(target, {
        at,
        level: 'warning',
        kind: 'warn',
        text: message`flapping: it changes between good and bad again and again`,
      })
    : notify(target, {at, level: 'info', kind: 'change', text: message`no longer flapping`});
}

function checkNotice(observation: Ok | Failed, at: number, suffix: Text) {
  const text =
    observation.kind === 'ok'
      ? observation.latencyMs === undefined
        ? message`check ok`
        : message`check ok, answered in ${answerTime(observation.latencyMs)}`
      : message`check failed: ${joined(
          observation.faults.map(fault => fault.text),
          message`; `,
        )}`;
  return {at, level: 'debug', kind: 'check', text: joined([text, suffix])} as const;
}
