import {homedir} from 'node:os';
import {join} from 'node:path';
import {readIfThere} from './atomic-file.ts';

/** What the program remembers by itself, in `$XDG_CONFIG_HOME/agent2/preferences.json`. */
const NAME = 'preferences';

/** The theme chosen last. A file that says nothing usable counts as none. Read by hand, since conf would double the time to the first frame. */
export function rememberedTheme(): string | undefined {
  try {
    const preferences: unknown = JSON.parse(readIfThere(join(folder(), `${NAME}.json`)) ?? '{}');
    const theme = typeof preferences === 'object' && preferences !== null && 'theme' in preferences ? preferences.theme : undefined;
    return typeof theme === 'string' ? theme : undefined;
  } catch {
    return undefined;
  }
}

/** Rejects with what the file system says. */
export async function rememberTheme(theme: string): Promise<void> {
  const {default: Conf} = await import('conf');
  new Conf({projectName: 'agent2', cwd: folder(), configName: NAME, clearInvalidConfig: true}).set('theme', theme);
}

function folder(): string {
  const base = process.env.XDG_CONFIG_HOME?.startsWith('/') ? process.env.XDG_CONFIG_HOME : join(homedir(), '.config');
  return join(base, 'agent2');
}
