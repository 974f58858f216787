import {didYouMean} from '../config/did-you-mean.ts';
import {UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import type {TargetState} from '../core/model/state.ts';
import {sanitize} from '../format/sanitize.ts';

/** What becomes of the loop when the terminal of its screen goes away. */
export type OnHangup = 'detach' | 'exit';

const WORDS = ['detach', 'exit'] as const;

/** The word of `--on-hangup`. Throws a `UsageError`. */
export function hangupFrom(text: string | undefined): OnHangup | undefined {
  if (text === undefined) return undefined;
  const known = WORDS.find(word => word === text.toLowerCase());
  if (known) return known;
  throw new UsageError(
    say`--on-hangup '${sanitize(text, 40)}' is not allowed; wanted is detach (watch on without a screen) or exit, e.g. --on-hangup detach${didYouMean(text, WORDS, '--on-hangup ')}`,
  );
}

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
