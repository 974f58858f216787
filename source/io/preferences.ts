import {homedir} from 'node:os';
import {join} from 'node:path';
import Conf from 'conf';

/** What the program remembers by itself, beside every state directory. */
export interface Preferences {
  theme(): string | undefined;
  /** Throws what the file system says. */
  setTheme(name: string): void;
}

/** In `$XDG_CONFIG_HOME/agent2/preferences.json`. A file that cannot be read counts as empty. */
export function openPreferences(): Preferences {
  const base = process.env.XDG_CONFIG_HOME?.startsWith('/') ? process.env.XDG_CONFIG_HOME : join(homedir(), '.config');
  const store = new Conf<{theme?: string}>({projectName: 'agent2', cwd: join(base, 'agent2'), configName: 'preferences', clearInvalidConfig: true});
  return {
    theme() {
      const name: unknown = store.get('theme');
      return typeof name === 'string' ? name : undefined;
    },
    setTheme: name => store.set('theme', name),
  };
}
