import type {TargetSettings} from './model/target.ts';
import type {Text} from './model/text.ts';
import {message} from './text/message.ts';

/** What the reader of a reason can do about it, by command or by key. Each is the end of a sentence. */
export interface Advice {
  readonly resume: Text;
  readonly restart: Text;
  readonly heal: Text;
}

/** For readers outside the screen: status, API, log. */
export function commandAdvice(name: string): Advice {
  return {
    resume: message`agent2 resume ${name} ends it`,
    restart: message`agent2 restart ${name} does it now`,
    heal: message`press o on the screen of agent2 to turn healing on`,
  };
}

/** Nothing restarts the target, and where to say what should: only a target of a config file has a fingerprint. */
export function withoutRestart({fingerprint}: Pick<TargetSettings, 'fingerprint'>): Text {
  return fingerprint === ''
    ? message`no restart is configured: add --restart 'CMD' or -- CMD`
    : message`no restart is configured: the config file gives it no fix (fix: none); change it there`;
}

/** What to do about a target that its manager was told to stop. */
export const STOPPED_ADVICE = message`start it there (evenIfStopped: true in its fix heals it all the same)`;
