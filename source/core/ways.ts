import type {Text} from './model/text.ts';
import {message} from './text/message.ts';

/** How whoever reads a reason does something about it: with a command, or on the screen with a key. Each stands at the end of a sentence. */
export interface Ways {
  readonly resume: Text;
  readonly restart: Text;
  readonly heal: Text;
}

/** For what is read outside the screen: status, API, log. */
export function commandWays(name: string): Ways {
  return {
    resume: message`agent2 resume ${name} ends it`,
    restart: message`agent2 restart ${name} does it now`,
    heal: message`o on the screen of agent2 heals`,
  };
}
