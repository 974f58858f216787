import {say} from './text/say.ts';

/** How whoever reads a reason does something about it: with a command, or on the screen with a key. Each stands at the end of a sentence. */
export interface Ways {
  readonly resume: string;
  readonly restart: string;
  readonly heal: string;
}

/** For what is read outside the screen: status, API, log. */
export function commandWays(name: string): Ways {
  return {
    resume: say`agent2 resume ${name} ends it`,
    restart: say`agent2 restart ${name} does it now`,
    heal: say`o on the screen of agent2 heals`,
  };
}
