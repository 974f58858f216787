import {basename, dirname} from 'node:path';
import {chooseStateDir} from '../config/state-dir.ts';
import {subdirectories} from '../io/files/directory.ts';
import {errorCode} from '../io/error-code.ts';
import {holderOf} from '../io/state-dir/lock.ts';
import {REGISTRY, registeredPlaces} from '../io/state-dir/registry.ts';
import {homeDirectory} from '../io/home.ts';

/** Every state directory of this user: the usual ones, and the others, which their monitors registered. */
export function knownStateDirs(): readonly string[] {
  const usual = usualStateDirs();
  return [...usual, ...registeredPlaces(usualHome(), usual)];
}

/** The state directories of monitors without `--state-dir`; AgentOS's first. */
export function usualStateDirs(): readonly string[] {
  return [
    usualStateDir('', true),
    ...subdirectories(usualHome()).filter(path => basename(path) !== REGISTRY),
  ];
}

/** The parent of the usual state directories, except AgentOS's. */
export function usualHome(): string {
  return dirname(usualStateDir('any'));
}

/** The state directory of a target without `--state-dir`. */
export function usualStateDir(name: string, agentos = false): string {
  return chooseStateDir(
    undefined,
    {name, agentos},
    {XDG_STATE_HOME: process.env.XDG_STATE_HOME},
    homeDirectory(),
  ).path;
}

/** The names by which `--name` selects the monitor of that directory. */
export function namesOf(stateDir: string): readonly string[] {
  return [
    ...(watchedIn(stateDir) ?? []),
    ...(dirname(stateDir) === usualHome() ? [basename(stateDir)] : []),
  ];
}

/** The current targets of the monitor of that directory; undefined when none runs. */
export function watchedIn(stateDir: string): readonly string[] | undefined {
  try {
    return holderOf(stateDir)?.targets;
  } catch (error) {
    // A directory that cannot be read belongs to another user.
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
