import {message} from '../../core/text/message.ts';
import {TextError} from '../../core/text/text-error.ts';
import {join} from 'node:path';
import {readPreferences, type Preferences} from '../../documents/preferences.ts';
import {readIfThere} from '../files/bounded-file.ts';
import {mustTrustPath} from '../files/trusted-path.ts';
import {homeDirectory, isNowhere} from '../home.ts';

/** In `$XDG_CONFIG_HOME/agent2`. */
const NAME = 'preferences';

type Preference = keyof Preferences;

/** An unreadable file counts as none. Reads without conf, which would double the time to the first frame. */
export function remembered(what: Preference): string | undefined {
  try {
    return readPreferences(readIfThere(join(folder(), `${NAME}.json`)) ?? '')[what];
  } catch {
    return undefined;
  }
}

/** Rejects with errors of the file system. */
export async function remember(what: Preference, value: string): Promise<void> {
  const cwd = folder();
  if (isNowhere(cwd)) throw new TextError(message`this user has no home directory`);
  mustTrustPath(join(cwd, `${NAME}.json`));
  const {default: Conf} = await import('conf');
  new Conf({projectName: 'agent2', cwd, configName: NAME, clearInvalidConfig: true}).set(
    what,
    value,
  );
}

function folder(): string {
  const base = process.env.XDG_CONFIG_HOME?.startsWith('/')
    ? process.env.XDG_CONFIG_HOME
    : join(homeDirectory(), '.config');
  return join(base, 'agent2');
}
