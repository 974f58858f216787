import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import type {Claim} from './claim-state-dir.ts';
import type {Report} from './problems.ts';

/** The state directory of a running monitor, which somebody may remove under it. */
export interface KeptStateDir {
  everySecond(): void;
  /** Resolves, with why, when another monitor has it now. */
  readonly lost: Promise<string>;
}

/** `renew` makes all files anew that were in it; `report` hears what is wrong with it. */
export function keepStateDir(
  claim: Pick<Claim, 'stateDir' | 'isHeld' | 'keep'>,
  renew: () => void,
  report: Report,
): KeptStateDir {
  const {stateDir} = claim;
  let lose: (why: string) => void = () => {};
  const lost = new Promise<string>(resolve => (lose = resolve));
  return {
    lost,
    everySecond() {
      if (!claim.isHeld()) return;
      try {
        const kept = claim.keep();
        if (kept.kind === 'made anew') renew();
        if (kept.kind === 'lost')
          lose(
            say`another agent2, pid ${kept.to.pid}, has taken ${stateDir} after it was removed, so this one ends`,
          );
        report(
          kept.kind === 'made anew' ? say`${stateDir} was removed, and was made anew` : undefined,
        );
      } catch (error) {
        report(say`${stateDir} was removed, and cannot be made anew: ${errorText(error)}`);
      }
    },
  };
}
