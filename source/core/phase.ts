import type {Phase, Repair, State, TargetState} from './model/state.ts';

/** What a target is in the middle of. */

/** The one word for it. A fix under way is shown even when paused meanwhile. */
export function phaseOf(state: Pick<State, 'status'>, target: TargetState): Phase {
  if (state.status === 'stopped') return 'stopped';
  if (isBeingFixed(target.repair)) return 'fixing';
  if (target.paused) return 'paused';
  if (target.repair.step === 'held') return 'held';
  return target.lastCheck === undefined ? 'initializing' : 'monitoring';
}

export function isBeingFixed({step}: Repair): boolean {
  return step === 'fixing' || step === 'verifying';
}

/** It is to be fixed as soon as it may. */
export function wantsFix({step}: Repair): boolean {
  return step === 'deferred' || step === 'held';
}

/** From the first failed check on: who is only suspected may turn out to be the cause of what others suffer from. */
export function isUnwell({incident, health, repair}: TargetState): boolean {
  return incident !== undefined || health.level === 'down' || isBeingFixed(repair);
}
