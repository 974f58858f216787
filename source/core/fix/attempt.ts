import {act} from './fixing.ts';
import {takenLate} from './untaken.ts';
import {withLastFix} from './records.ts';
import {askedOf, diagnose, isSome} from '../check/diagnosis.ts';
import {type Cause} from '../model/cause.ts';
import {alsoFound, evidenceLine} from '../evidence.ts';
import {withRoomFor} from './kept-evidence.ts';
import {type Evidence} from '../model/evidence.ts';
import type {FixOutcome} from '../model/event.ts';
import {failedText, succeededText} from './outcome-text.ts';
import {markDown} from '../check/health.ts';
import {continued, tellDown} from './crash-loop.ts';
import {archived, closeIncident} from './incident.ts';
import {judgeLast, judgeRelapsed} from './ledger.ts';
import {afterStart, startGraceMs} from './start-grace.ts';
import {chain, notify, type Step} from '../notice.ts';
import type {Text} from '../model/text.ts';
import {joined, message} from '../text/message.ts';
import {isReplaced} from '../readings.ts';
import {span} from '../text/span.ts';
import type {Attempt} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';

/** What becomes of a fix that has begun: signalled, finished, verified or failed. */

/** A restart signal waits for another process; from here on checks show whether one consumed it. */
export function fixSignalled(target: TargetState, at: number): Step {
  if (target.repair.step !== 'fixing') return [target, []];
  const attempt: Attempt = {...target.repair.attempt, awaiting: true};
  return chain(
    {...withLastFix(target, {result: 'signal_created'}), ...verifyingSince(target, attempt, at)},
    target =>
      notify(target, {
        at,
        level: 'info',
        kind: 'change',
        text: message`restart_signal written; waiting for a process to consume it`,
      }),
    target => [target, [{type: 'write-status'}]],
  );
}

/** Applies the outcome of the command itself; a good one only begins the verification. */
export function fixFinished(target: TargetState, outcome: FixOutcome, at: number): Step {
  const {repair} = target;
  if (repair.step !== 'fixing' && !(repair.step === 'verifying' && repair.attempt.awaiting))
    return [target, []];
  if (outcome.kind === 'failed') return failAttempt(target, outcome.detail, false, at);
  const attempt: Attempt = {...repair.attempt, awaiting: false, untaken: undefined};
  // Checks continued while the signal waited: one that began before it was consumed proves nothing.
  return chain(
    {...takenLate(target, at), ...verifyingSince(target, attempt, at), epoch: target.epoch + 1},
    target =>
      notify(target, {
        at,
        level: 'info',
        kind: 'change',
        text: message`${outcome.detail}; verifying`,
      }),
    target => [target, [{type: 'cancel-check', target: target.settings.name}]],
  );
}

function verifyingSince(
  target: TargetState,
  attempt: Attempt,
  at: number,
): Pick<TargetState, 'repair' | 'graceUntil' | 'check'> {
  // Whoever consumes a signal takes no longer when the service starts slowly.
  const untilAt = at + (attempt.awaiting ? target.policy.startGraceMs : startGraceMs(target));
  return {
    repair: {step: 'verifying', attempt, since: at, untilAt, good: 0},
    graceUntil: untilAt,
    check: {state: 'idle', dueAt: target.paused ? Infinity : at, tries: 0},
  };
}

/**
 * The attempt failed; backoff and budget decide the next step.
 * `sawDown`: checks after the fix failed; without it only the action failed, and a target that was not down (a manual restart) is simply checked again.
 */
export function failAttempt(target: TargetState, why: Text, sawDown: boolean, at: number): Step {
  if (target.repair.step !== 'fixing' && target.repair.step !== 'verifying') return [target, []];
  const {attempt} = target.repair;
  const reloaded = wasReloaded(target);
  const detail = reloaded
    ? message`${why}; the restart left process ${String(attempt.before?.pid)} running, as a reload does`
    : why;
  const down = sawDown || (target.incident?.down ?? false);
  const cause = causeAfter(target, attempt.cause);
  const judged = judgeLast(withLastFix(target, {result: 'failed', detail}), 'no effect');
  const failed: TargetState = {
    ...judged,
    // The requested restart of a healthy target failed: only its attempt number stays used.
    ...(!down && target.incident
      ? archived(target, target.incident, message`not down, but the restart failed: ${detail}`, at)
      : {}),
    epoch: target.epoch + 1,
    repair: {step: 'idle'},
    graceUntil: undefined,
    lastAttemptEndedAt: attempt.action === 'continue' ? target.lastAttemptEndedAt : at,
    health: down ? markDown(target.health, at) : target.health,
    incident:
      down && target.incident
        ? {
            ...target.incident,
            cause,
            down,
            reloaded,
            began: target.incident.began ?? {cause, faults: target.incident.faults},
          }
        : undefined,
    check: {
      state: 'idle',
      dueAt: target.paused ? Infinity : down ? at + target.policy.intervalMs : at,
      tries: 0,
    },
  };
  const relapsed =
    down && failed.incident && !target.incident?.down
      ? continued(judgeRelapsed(failed, cause, at), failed.incident, cause)
      : failed;
  return chain(
    relapsed,
    next =>
      notify(next, {
        at,
        level: 'error',
        kind: 'fix',
        text: failedText(target, attempt.action, detail),
      }),
    next =>
      down && !target.incident?.down
        ? tellDown(
            next,
            attempt.manual
              ? message`down after a requested restart: ${detail}`
              : message`down after a fix: ${detail}`,
            at,
          )
        : [next, []],
    target => [
      target,
      [
        {type: 'cancel-check', target: target.settings.name},
        {type: 'cancel-fix', target: target.settings.name},
        {type: 'write-status'},
      ],
    ],
    target => (down ? act(target, cause, true, at) : [target, []]),
  );
}

/** The command ended well, and the process is the same. */
function wasReloaded({repair, readings}: TargetState): boolean {
  if (repair.step !== 'verifying' || repair.attempt.awaiting) return false;
  const {action, before} = repair.attempt;
  const {process} = readings;
  return (
    action === 'restart' &&
    before !== undefined &&
    process?.state === 'alive' &&
    !isReplaced(before, process.identity)
  );
}

/** A manual restart is no cause for the next fix: the checks after it name one. */
function causeAfter(target: TargetState, attempted: Cause): Cause {
  const {incident} = target;
  const cause = incident?.cause ?? attempted;
  return cause === 'manual' && incident && isSome(incident.faults)
    ? diagnose(incident.faults, askedOf(target))
    : cause;
}

/** Marks the fix a success and ends the incident. */
export function succeedAttempt(target: TargetState, at: number): Step {
  if (target.repair.step !== 'verifying') return [target, []];
  const {attempt, goodSince = at, since} = target.repair;
  const healthyAfterMs = at - attempt.startedAt;
  const done = withLastFix(afterStart(target, goodSince - since), {
    result: 'success',
    healthyAfterMs,
    workedAfterMs: goodSince - attempt.startedAt,
  });
  const judged = target.incident?.down ? done : judgeLast(done, 'unneeded');
  // The new process may be seen only later, and is no restart by somebody else.
  const fixed =
    judged.readings.process?.state === 'gone' ? {...judged, process: undefined} : judged;
  const text = message`recovered: healthy ${span(healthyAfterMs)} after the fix began`;
  return closeIncident(
    attempt.action === 'continue' ? fixed : {...fixed, lastAttemptEndedAt: at},
    text,
    at,
    succeededText(target, attempt.action, healthyAfterMs),
  );
}

/** The time is over, and only a process from before the fix answers: the target is well, and the fix is no success. */
export function endUnproven(target: TargetState, reason: Text, at: number): Step {
  const done = judgeLast(withLastFix(target, {result: 'failed', detail: reason}), 'no effect');
  return closeIncident(
    {...done, epoch: target.epoch + 1, lastAttemptEndedAt: at},
    message`it answers, but not by the fix: ${reason}`,
    at,
  );
}

/** Logs the evidence found before the attempt in one line, and keeps it with the incident; `targets` share the room for evidence. */
export function evidenceFound(
  target: TargetState,
  evidence: Evidence,
  at: number,
  targets = 1,
): Step {
  const {incident} = target;
  if (!incident || incident.evidence) return [target, []];
  const detail = target.fixes.at(-1)?.detail;
  const noted =
    detail !== undefined && evidence.found.length > 0
      ? withLastFix(target, {detail: joined([detail, alsoFound(evidence)])})
      : target;
  return notify(
    {
      ...noted,
      incident: {...incident, evidence},
      incidents: withRoomFor(evidence, noted.incidents, targets),
    },
    {at, level: 'info', kind: 'change', text: message`evidence: ${evidenceLine(evidence)}`},
  );
}
