import {say} from '../../core/text/say.ts';
import {commandWays, type Ways} from '../../core/ways.ts';
import type {KeyContext} from './binding.ts';

/** How one who looks at this screen does something about a reason: with a key, where it has keys that change anything. */
export function waysOf({readOnly, target}: KeyContext): Ways {
  if (readOnly) return commandWays(target.settings.name);
  return {resume: say`p resumes`, restart: say`r restarts now`, heal: say`o heals`};
}
