import {homedir} from 'node:os';
import {join} from 'node:path';
import {readIfThere} from '../files/atomic-file.ts';

/** What the program remembers by itself, in `$XDG_CONFIG_HOME/agent2/preferences.json`: the theme chosen last, and the language last asked for on a screen. */
const NAME = 'preferences';

export type Preference = 'theme' | 'language';

/** A file that says nothing usable counts as none. Read by hand, since conf would double the time to the first frame. */
export function remembered(what: Preference): string | undefined {
  try {
    const preferences: unknown = JSON.parse(readIfThere(join(folder(), `${NAME}.json`)) ?? '{}');
    const value =
      typeof preferences === 'object' && preferences !== null
        ? (preferences as Readonly<Record<string, unknown>>)[what]
        : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Rejects with what the file system says. */
export async function remember(what: Preference, value: string): Promise<void> {
  const {default: Conf} = await import('conf');
  new Conf({projectName: 'agent2', cwd: folder(), configName: NAME, clearInvalidConfig: true}).set(
    what,
    value,
  );
}

function folder(): string {
  const base = process.env.XDG_CONFIG_HOME?.startsWith('/')
    ? process.env.XDG_CONFIG_HOME
    : join(homedir(), '.config');
  return join(base, 'agent2');
}
