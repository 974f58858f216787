import type {Failures} from '../model/fault.ts';
import {failAttempt, succeedAttempt} from './attempt.ts';
import {closeIncident, withFaults} from './incident.ts';
import {countDuringVerification} from '../check/health.ts';
import {judgeLast} from './ledger.ts';
import type {Step} from '../notice.ts';
import type {Observation} from '../model/observation.ts';
import type {Text} from '../model/text.ts';
import {message} from '../text/message.ts';
import type {TargetState} from '../model/target.ts';
import {isReplaced} from '../readings.ts';

/** Verifies that a fix worked. */

/** After SIGCONT a process may still appear stopped for a moment. */
const CONTINUE_MS = 100;

/** Applies a check after a fix: good ones in a row end the incident; failures are normal during a start. */
export function verify(
  target: TargetState,
  observation: Exclude<Observation, {kind: 'inconclusive'}>,
  at: number,
): Step {
  if (target.repair.step !== 'verifying') return [target, []];
  const counted: TargetState = {
    ...target,
    health: countDuringVerification(target.health, observation.kind === 'ok', at),
  };
  if (observation.kind === 'failed') return verifyFaults(counted, observation.faults, at);
  // Who was there before the fix proves nothing about what it brought.
  if (unprovenOf(observation) !== undefined)
    return [{...counted, repair: {...target.repair, good: 0}}, []];
  // A pid file may name the new process a moment after that answers.
  if (namesDead(observation) && at - target.repair.since < target.policy.settleMs)
    return [counted, []];
  const unaided = isUnaided(target);
  // An answer from before a manual restart proves nothing about that restart.
  if (unaided && target.repair.attempt.manual) return [counted, []];
  const goodInRow = target.repair.good + 1;
  const goodSince = target.repair.goodSince ?? at;
  if (goodInRow >= goodNeeded(target, unaided)) {
    return unaided
      ? closeIncident(
          {...judgeLast(counted, 'unneeded'), lastAttemptEndedAt: at},
          message`recovered by itself before a process consumed restart_signal`,
          at,
        )
      : succeedAttempt(counted, at);
  }
  return [{...counted, repair: {...target.repair, good: goodInRow, goodSince}}, []];
}

/** The answer is right, but the process that is known is dead. */
function namesDead({readings: {process}}: Extract<Observation, {kind: 'ok'}>): boolean {
  return process?.state === 'gone' || process?.state === 'zombie';
}

/** Why a good answer proves nothing about a fix, if it does not. */
export function unprovenOf(observation: Observation | undefined): Text | undefined {
  return observation?.kind === 'ok'
    ? observation.warnings?.find(({kind}) => kind === 'answer_unproven')?.text
    : undefined;
}

/** The restart signal is still there: nobody took it. A requested restart is done when there is another process. */
function isUnaided(target: TargetState): boolean {
  const {repair} = target;
  return (
    repair.step === 'verifying' &&
    repair.attempt.awaiting &&
    !(repair.attempt.manual && hasOther(target))
  );
}

/** Agent1 restarts the service first, and takes the signal afterwards: a new process gives it a moment for that. */
const AFTERWARDS_CHECKS = 10;

function goodNeeded(target: TargetState, unaided: boolean): number {
  const {repair, policy} = target;
  const soon = repair.step === 'verifying' && !repair.attempt.untaken;
  return policy.recoveryThreshold + (unaided && soon && hasOther(target) ? AFTERWARDS_CHECKS : 0);
}

/** Whether another process is there than before the attempt. */
function hasOther({repair, process}: TargetState): boolean {
  if (repair.step !== 'verifying') return false;
  const {before} = repair.attempt;
  return before === undefined || isReplaced(before, process);
}

/** Finds faults that end the attempt at once: a new process died, or one does not continue. A foreign port owner may be a new process that has not written its pid file yet. */
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
  return [{...blamed, repair: {...repair, good: 0, goodSince: undefined}}, []];
}

/** Whether this fix started the dead process: the old one's pid file may still be there, or a check from before the new one may end only now. */
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
