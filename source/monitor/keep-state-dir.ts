import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {fileErrorText} from '../io/files/file-error.ts';
import type {Claim} from './claim-state-dir.ts';
import type {Report} from './problems.ts';

/** Restores the state directory of a running monitor when somebody removes it. */
export interface KeptStateDir {
  everySecond(): void;
  /** Resolves, with the text, when another monitor has taken the directory. */
  readonly lost: Promise<Text>;
}

/** `renew` writes all files again after the directory was created again. */
export function keepStateDir(
  claim: Pick<Claim, 'stateDir' | 'isHeld' | 'keep'>,
  renew: () => void,
  report: Report,
): KeptStateDir {
  const {stateDir} = claim;
  let lose: (why: Text) => void = () => {};
  const lost = new Promise<Text>(resolve => (lose = resolve));
  return {
    lost,
    everySecond() {
      if (!claim.isHeld()) return;
      try {
        const kept = claim.keep();
        if (kept.kind === 'renewed') renew();
        if (kept.kind === 'lost')
          lose(
            kept.to.elsewhere === undefined
              ? message`another agent2, pid ${kept.to.pid}, uses ${stateDir} now, which had been removed, so this one ends`
              : message`another agent2, pid ${kept.to.pid} on the host ${sanitize(kept.to.elsewhere, 63)} (in another container, or on another machine), uses ${stateDir} now, so this one ends`,
          );
        report(
          kept.kind === 'renewed'
            ? message`${stateDir} was removed and has been created again`
            : undefined,
        );
      } catch (error) {
        report(
          message`${stateDir} was removed and cannot be created again: ${fileErrorText(error)}`,
        );
      }
    },
  };
}
