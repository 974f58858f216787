import {homedir} from 'node:os';
import {dirname, resolve} from 'node:path';
import {chooseStateDir} from '../../config/state-dir.ts';
import {subdirectories} from '../../io/subdirectories.ts';

/** How somebody says which monitor is meant. */
export interface WhichMonitor {
  readonly stateDir?: string;
  readonly name?: string;
}

/** The state directories that are meant: the one that was named, else every place where one may be. */
export function stateDirsOf({stateDir, name}: WhichMonitor): readonly string[] {
  const place = (wanted: string, agentos: boolean, env: NodeJS.ProcessEnv = process.env) => chooseStateDir(stateDir, {name: wanted, agentos}, env, homedir()).path;
  if (stateDir !== undefined || process.env.AGENT2_STATE_DIR) return [resolve(place('', false))];
  if (name !== undefined) return [place(name, false)];
  return [place('', true), ...subdirectories(dirname(place('any', false)))];
}
