import type {State, TargetState, Phase} from './model/state.ts';

/** The one word for what a target is in the middle of. A fix under way is shown even when paused meanwhile. */
export function phaseOf(state: Pick<State, 'status'>, target: TargetState): Phase {
  if (state.status === 'stopped') return 'stopped';
  if (target.repair.step === 'fixing' || target.repair.step === 'verifying') return 'fixing';
  if (target.paused) return 'paused';
  if (target.repair.step === 'held') return 'held';
  return target.lastCheck === undefined ? 'initializing' : 'monitoring';
}
