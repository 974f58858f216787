import type {Failures} from './model/fault.ts';
import {failAttempt, succeedAttempt} from './fixing.ts';
import {closeIncident} from './incident.ts';
import {count} from './health.ts';
import {judgeLast} from './ledger.ts';
import type {Step} from './notice.ts';
import type {Observation} from './model/observation.ts';
import {message} from './text/message.ts';
import type {TargetState} from './model/state.ts';
import {isReplaced, withFaults} from './subject.ts';

/** Proving that a fix worked. */

/** After SIGCONT a process may be seen stopped for a moment still. */
const CONTINUE_MS = 100;

/** A check after a fix: good ones in a row end the incident; failures are what a start looks like. */
export function verify(
  target: TargetState,
  observation: Exclude<Observation, {kind: 'inconclusive'}>,
  at: number,
): Step {
  if (target.repair.step !== 'verifying') return [target, []];
  const counted: TargetState = {
    ...target,
    health: count(target.health, observation.kind === 'ok', at),
  };
  if (observation.kind === 'failed') return verifyFaults(counted, observation.faults, at);
  const unaided = isUnaided(target);
  // It answered before it was restarted: that says nothing about the restart that was asked for.
  if (unaided && target.repair.attempt.manual) return [counted, []];
  const goodInRow = target.repair.good + 1;
  if (goodInRow >= target.policy.recoveryThreshold) {
    return unaided
      ? closeIncident(
          {...judgeLast(counted, 'unneeded'), lastAttemptEndedAt: at},
          message`recovered by itself before anybody took the restart signal`,
          at,
        )
      : succeedAttempt(counted, at);
  }
  return [{...counted, repair: {...target.repair, good: goodInRow}}, []];
}

/** A restart signal lies there still, and the process is the one it was about. */
function isUnaided({repair, process}: TargetState): boolean {
  return (
    repair.step === 'verifying' &&
    repair.attempt.awaiting &&
    repair.attempt.before !== undefined &&
    !isReplaced(repair.attempt.before, process)
  );
}

/** Faults while verifying: a new process that died, or one that does not continue, ends the attempt at once. A port that is not known to be ours may be that of a new process whose pid file is not written yet. */
export function verifyFaults(target: TargetState, faults: Failures, at: number): Step {
  const {repair} = target;
  if (repair.step !== 'verifying') return [target, []];
  const blamed = withFaults(target, faults, at);
  const fatal = faults.find(
    fault =>
      (fault.kind === 'process_stopped' &&
        !repair.attempt.awaiting &&
        at - repair.since >= CONTINUE_MS) ||
      ((fault.kind === 'process_gone' || fault.kind === 'process_zombie') &&
        isOfThisAttempt(target, fault.pid)),
  );
  if (fatal) return failAttempt(blamed, fatal.text, true, at);
  return [{...blamed, repair: {...repair, good: 0}}, []];
}

/** Whether the dead process is one that this fix started, and not the old one: its pid file may still lie there, or a check that began before the new one was seen may end only now. */
function isOfThisAttempt({repair, readings}: TargetState, pid: number | undefined): boolean {
  if (repair.step !== 'verifying' || repair.attempt.awaiting) return false;
  const {before, pidBefore} = repair.attempt;
  if (pid !== undefined && (pid === before?.pid || pid === pidBefore)) return false;
  if (repair.seen && pid !== undefined) return pid === repair.seen.pid;
  return (
    repair.seen !== undefined ||
    before !== undefined ||
    (readings.process?.state === 'gone' && readings.process.via === 'child')
  );
}
