import type {TargetState} from '../model/target.ts';
import {verifyPaceMs} from '../fix/repair.ts';
import {startGraceMs} from '../fix/start-grace.ts';

/** When the next check comes: `interval` after this one started, sooner while a verdict or a verification is open. */
export function reschedule(target: TargetState, startedAt: number, at: number): TargetState {
  if (target.check.state === 'idle') return target;
  return {
    ...target,
    check: {state: 'idle', dueAt: Math.max(at, startedAt + paceMs(target, at)), tries: 0},
  };
}

function paceMs(target: TargetState, at: number): number {
  const {repair, policy, health} = target;
  if (repair.step === 'verifying' && !repair.attempt.untaken)
    return verifyPaceMs(repair.since, at, repair.good, repair.attempt.awaiting);
  if (isStarting(target, at)) return verifyPaceMs(startedAtOf(target), at, 0, false);
  const undecided =
    target.incident !== undefined && (health.level !== 'down' || health.successes > 0);
  return undecided ? Math.min(policy.confirmMs, policy.intervalMs) : policy.intervalMs;
}

function startedAtOf(target: TargetState): number {
  return (target.graceUntil ?? 0) - startGraceMs(target);
}

/** Whether agent2 has just started this child for the first time, so that it need not answer yet. */
export function isStarting({settings, health, graceUntil}: TargetState, at: number): boolean {
  return (
    settings.traits.ownsProcess &&
    health.level === 'unknown' &&
    graceUntil !== undefined &&
    at < graceUntil
  );
}
