import {message} from '../../core/text/message.ts';
import {commandAdvice, type Advice} from '../../core/advice.ts';
import type {KeyContext} from './binding.ts';

/** The ways out in a reason: keys, or commands when the screen is read-only. */
export function keyAdvice({readOnly, target}: KeyContext): Advice {
  if (readOnly) return commandAdvice(target.settings.name);
  return {resume: message`p resumes`, restart: message`r restarts now`, heal: message`o heals`};
}
