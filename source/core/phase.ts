import type {Repair} from './model/repair.ts';
import type {State} from './model/state.ts';
import type {Phase, TargetState} from './model/target.ts';

/** The phase of a target in one word. A running fix shows even if the target was paused meanwhile. */
export function phaseOf(state: Pick<State, 'status'>, target: TargetState): Phase {
  if (state.status === 'stopped') return 'stopped';
  if (isBeingFixed(target.repair)) return 'fixing';
  if (target.paused) return 'paused';
  if (target.repair.step === 'held') return 'held';
  return target.lastCheck === undefined ? 'initializing' : 'monitoring';
}

/** A restart signal that nobody took is there for whoever comes, and keeps nothing else waiting. */
export function isBeingFixed(repair: Repair): boolean {
  return repair.step === 'fixing' || (repair.step === 'verifying' && !repair.attempt.untaken);
}

/** The target wants a fix as soon as possible. */
export function wantsFix({step}: Repair): boolean {
  return step === 'deferred' || step === 'held';
}

/** No dependent is restarted meanwhile. True from the first failed check on, since a suspect may be the cause of its dependents' problems, and while nobody looks at it. */
export function blocksDependents({incident, health, repair, paused}: TargetState): boolean {
  return paused || incident !== undefined || health.level === 'down' || isBeingFixed(repair);
}

/** Whether the target counts for a common cause: a paused one is not checked, and one held for a reason of its own was bad before. */
export function isWatched({paused, repair}: TargetState): boolean {
  return !paused && (repair.step !== 'held' || repair.reason === 'common_cause');
}
