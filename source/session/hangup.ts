import type {OnHangup} from '../cli/screen-options.ts';
import {say} from '../core/text/say.ts';
import type {TargetState} from '../core/model/state.ts';

/** Without a word for it, what is watched in `prod` is watched on: one such target is enough. A screen that somebody tries something on takes all with it. */
export function onHangup(
  wanted: OnHangup | undefined,
  targets: readonly Pick<TargetState, 'preset'>[],
): OnHangup {
  return wanted ?? (targets.some(({preset}) => preset === 'prod') ? 'detach' : 'exit');
}

/** For the help screen, in the present tense. */
export function hangupMessage(what: OnHangup): string {
  return what === 'detach'
    ? say`if the terminal goes away: goes on without a screen`
    : say`if the terminal goes away: ends too`;
}
