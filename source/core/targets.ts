import type {State, TargetState} from './model/state.ts';

export function findTarget(state: State, name: string): TargetState | undefined {
  return state.targets.find(target => target.settings.name === name);
}
