import {homedir} from 'node:os';
import {resolve} from 'node:path';
import {chooseStateDir} from '../config/state-dir.ts';
import {typed} from '../format/shell-words.ts';
import {knownStateDirs, namesOf, usualStateDir, watchedIn} from './registry.ts';
import {statusIn} from './status.ts';

/** Which of the monitors of this machine is meant: `--name`, `--state-dir`. */
export interface Selector {
  readonly stateDir?: string;
  readonly name?: string;
}

/** The state directories that a selector matches; all known ones where it is empty. */
export function stateDirsOf({stateDir, name}: Selector): readonly string[] {
  if (stateDir !== undefined || process.env.AGENT2_STATE_DIR)
    return [
      resolve(chooseStateDir(stateDir, {name: '', agentos: false}, process.env, homedir()).path),
    ];
  return name === undefined ? knownStateDirs() : named(name, knownStateDirs());
}

/** The directory of that name and those of running monitors that watch a target of that name; where there is none, those of monitors that watched it when they ended. */
function named(name: string, stateDirs: readonly string[]): readonly string[] {
  const usual = usualStateDir(name);
  const found = stateDirs.filter(dir => dir === usual || watchedIn(dir)?.includes(name));
  if (found.length > 0) return found;
  // The status file of a running monitor may be a second behind: only the card says what it watches.
  const ended = stateDirs.filter(
    dir =>
      watchedIn(dir) === undefined && statusIn(dir)?.targets.some(target => target.name === name),
  );
  return ended.length > 0 ? ended : [usual];
}

/** The one directory that a selector leaves no choice about; undefined where it is empty. */
export function selectedStateDir(
  {stateDir, name}: Selector,
  stateDirs: readonly string[],
): string | undefined {
  const isSelective =
    stateDir !== undefined || name !== undefined || Boolean(process.env.AGENT2_STATE_DIR);
  return isSelective && stateDirs.length === 1 ? stateDirs[0] : undefined;
}

/** The options that select the first of several monitors: its name, where each of them has a name of its own, else its directory. */
export function selectorWords(stateDirs: readonly string[], given: Selector): string {
  const [first = '', ...others] = stateDirs;
  const names = stateDirs.map(namesOf);
  const unique = names.map((own, index) =>
    own.find(name => names.every((more, other) => other === index || !more.includes(name))),
  );
  const [name] = unique;
  // A name that was given already has matched them all.
  if (
    others.length === 0 ||
    given.name !== undefined ||
    name === undefined ||
    unique.includes(undefined)
  )
    return `--state-dir ${typed([first])}`;
  return `--name ${typed([name])}`;
}
