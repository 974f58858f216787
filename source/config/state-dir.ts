import {join, resolve} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import {agentos, type TargetSpec} from './spec.ts';

/** Where a monitor keeps its files, and whether somebody chose it (then its parent has to exist). */
export interface StateDirChoice {
  readonly path: string;
  readonly chosenBy?: '--state-dir' | 'AGENT2_STATE_DIR' | 'stateDir';
}

/** `--state-dir`, else `AGENT2_STATE_DIR`, else by what is watched: AgentOS's own place, what the config file says or `main`, or one per target below `$XDG_STATE_HOME/agent2`. */
export function chooseStateDir(option: string | undefined, watched: Pick<TargetSpec, 'name' | 'agentos'> | {readonly stateDir?: string} | undefined, env: NodeJS.ProcessEnv, home: string): StateDirChoice {
  if (option === '') throw new UsageError("--state-dir '' names no directory; give its path, e.g. --state-dir /var/lib/agent2");
  if (option !== undefined) return {path: resolve(option), chosenBy: '--state-dir'};
  if (env.AGENT2_STATE_DIR) return {path: resolve(env.AGENT2_STATE_DIR), chosenBy: 'AGENT2_STATE_DIR'};
  const target = watched && 'name' in watched ? watched : undefined;
  if (target?.agentos) return {path: join(home, agentos.stateDir)};
  if (watched && 'stateDir' in watched && watched.stateDir !== undefined) return {path: resolve(watched.stateDir), chosenBy: 'stateDir'};
  const base = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(home, '.local', 'state');
  return {path: join(base, 'agent2', target?.name ?? 'main')};
}
