import {join, resolve} from 'node:path';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {type TargetSpec, agentos} from './spec.ts';

/** The directory of a monitor's files, and whether a person chose it (then its parent must exist). */
export interface StateDirChoice {
  readonly path: string;
  readonly chosenBy?: '--state-dir' | 'AGENT2_STATE_DIR' | 'stateDir';
}

/** The facts about the targets that decide the directory; `stateDir` is that of a config file. */
export type Watched = Pick<TargetSpec, 'name' | 'agentos'> & {readonly stateDir?: string};

/** A monitor of a config file is called `main` unless the file says otherwise. */
export function watchedOf({
  name = 'main',
  stateDir,
}: {
  readonly name?: string;
  readonly stateDir?: string;
}): Watched {
  return {name, agentos: false, stateDir};
}

/** `--state-dir`, else `AGENT2_STATE_DIR`, else by the targets: the config's own choice, AgentOS's place, or one per name below `$XDG_STATE_HOME/agent2`. */
export function chooseStateDir(
  option: string | undefined,
  target: Watched,
  env: NodeJS.ProcessEnv,
  home: string,
): StateDirChoice {
  if (option === '')
    throw new UsageError(
      message`--state-dir '' is empty; give a path, e.g. --state-dir /var/lib/agent2`,
    );
  if (option !== undefined) return {path: resolve(option), chosenBy: '--state-dir'};
  if (env.AGENT2_STATE_DIR)
    return {path: resolve(env.AGENT2_STATE_DIR), chosenBy: 'AGENT2_STATE_DIR'};
  if (target.stateDir !== undefined) return {path: target.stateDir, chosenBy: 'stateDir'};
  if (target.agentos) return {path: join(home, agentos.stateDir)};
  const base = env.XDG_STATE_HOME?.startsWith('/')
    ? env.XDG_STATE_HOME
    : join(home, '.local', 'state');
  return {path: join(base, 'agent2', target.name)};
}
