import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';
import type {TakenLock} from '../io/state-dir/lock.ts';

/** The state directory of a running monitor, which somebody may remove under it. */
export interface Place {
  /** To be called every second. */
  look(): void;
  /** Whether another monitor has it now: then nothing may be written there any more. */
  isLost(): boolean;
  /** Resolves, with why, when another monitor has it now. */
  readonly lost: Promise<string>;
}

/** `renew` makes all files anew that were in it, `onTrouble` hears what is wrong with it, and nothing once it is well. */
export function keepPlace(
  lock: Pick<TakenLock, 'keep'>,
  stateDir: string,
  renew: () => void,
  onTrouble: (text: string | undefined) => void,
): Place {
  let lose: (why: string) => void = () => {};
  const lost = new Promise<string>(resolve => (lose = resolve));
  let gone = false;
  return {
    lost,
    isLost: () => gone,
    look() {
      if (gone) return;
      try {
        const kept = lock.keep();
        if (kept.kind === 'made anew') renew();
        gone = kept.kind === 'lost';
        if (kept.kind === 'lost')
          lose(
            say`another agent2, pid ${kept.to.pid}, has taken ${stateDir} after it was removed, so this one ends`,
          );
        onTrouble(
          kept.kind === 'made anew' ? say`${stateDir} was removed, and was made anew` : undefined,
        );
      } catch (error) {
        onTrouble(say`${stateDir} was removed, and cannot be made anew: ${errorText(error)}`);
      }
    },
  };
}
