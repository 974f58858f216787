import {message} from '../../core/text/message.ts';
import {commandWays, type Ways} from '../../core/ways.ts';
import type {KeyContext} from './binding.ts';

/** What a reader of this screen can do about a reason: press a key, or type a command where keys change nothing. */
export function waysOf({readOnly, target}: KeyContext): Ways {
  if (readOnly) return commandWays(target.settings.name);
  return {resume: message`p resumes`, restart: message`r restarts now`, heal: message`o heals`};
}
