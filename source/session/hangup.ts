import type {OnHangup} from '../cli/screen-options.ts';
import {say} from '../core/text/say.ts';
import type {TargetState} from '../core/model/target.ts';

/** By default agent2 continues if any target uses `prod`, and otherwise ends with its terminal. */
export function onHangup(
  requested: OnHangup | undefined,
  targets: readonly Pick<TargetState, 'preset'>[],
): OnHangup {
  return requested ?? (targets.some(({preset}) => preset === 'prod') ? 'detach' : 'exit');
}

/** For the help screen, in the present tense. */
export function hangupMessage(what: OnHangup): string {
  return what === 'detach'
    ? say`if the terminal goes away, agent2 continues without a screen`
    : say`if the terminal goes away, agent2 ends too`;
}
