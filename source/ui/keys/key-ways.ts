import {message} from '../../core/text/message.ts';
import {commandWays, type Ways} from '../../core/ways.ts';
import type {KeyContext} from './binding.ts';

/** The ways out in a reason: keys, or commands when the screen is read-only. */
export function waysOf({readOnly, target}: KeyContext): Ways {
  if (readOnly) return commandWays(target.settings.name);
  return {resume: message`p resumes`, restart: message`r restarts now`, heal: message`o heals`};
}
