import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onCleanup} from './cleanup.ts';
import {endProcessesNaming} from './processes.ts';

/** A person's empty home directory, so that no test reads or writes the real one. */
export interface Home {
  readonly path: string;
  /** Where agent2 keeps its files when told by `AGENT2_STATE_DIR`, as `env` does. */
  readonly stateDir: string;
  /** A whole environment, nothing inherited but PATH. */
  readonly env: Readonly<Record<string, string>>;
}

/** Made anew, and removed by `cleanUp` together with every process that names it. */
export function makeHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'agent2-test-'));
  onCleanup(async () => {
    await endProcessesNaming(path);
    rmSync(path, {recursive: true, force: true});
  });
  const stateDir = join(path, 'agent2-state');
  mkdirSync(join(path, 'run'), {mode: 0o700});
  return {
    path,
    stateDir,
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: path,
      LANG: 'C.UTF-8',
      AGENT2_STATE_DIR: stateDir,
      XDG_CONFIG_HOME: join(path, '.config'),
      XDG_STATE_HOME: join(path, '.local', 'state'),
      XDG_RUNTIME_DIR: join(path, 'run'),
    },
  };
}
