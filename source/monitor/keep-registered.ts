import {join} from 'node:path';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {ELSEWHERE, hasPointer, leavePointer, tidyPointers} from '../io/state-dir/registry.ts';
import {errorText} from '../io/error-code.ts';
import {usualHome, usualPlaces} from '../instances/places.ts';

/** That commands find this monitor, also where its state directory is none of the usual ones. */
export interface Pointer {
  /** To be called every second. */
  look(): void;
}

/** `tell` hears why it cannot be found, which is no reason not to watch. */
export function keepPointer(stateDir: string, tell: (text: string) => void): Pointer {
  const home = usualHome();
  const isUsual = usualPlaces().includes(stateDir);
  let hidden = false;
  tidy(() => tidyPointers(home));
  leave();
  return {
    look() {
      if (!isUsual && !hasPointer(home, stateDir)) leave();
    },
  };

  function leave(): void {
    if (isUsual) return;
    try {
      leavePointer(home, stateDir);
      hidden = false;
    } catch (error) {
      if (!hidden)
        tell(
          say`commands find this agent2 only with --state-dir ${sanitize(stateDir, 4_096)}: ${sanitize(join(home, ELSEWHERE), 4_096)} cannot be written (${errorText(error)})`,
        );
      hidden = true;
    }
  }

  function tidy(act: () => void): void {
    try {
      act();
    } catch (error) {
      tell(
        say`${sanitize(join(home, ELSEWHERE), 4_096)} cannot be tidied up (${errorText(error)})`,
      );
    }
  }
}
