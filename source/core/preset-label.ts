import type {TargetState} from './model/target.ts';

/** The preset as shown: `test*` when a value of it is overridden. */
export function presetLabel(target: TargetState): string {
  return Object.keys(target.settings.overrides).length > 0 ? `${target.preset}*` : target.preset;
}
