import {resolve} from 'node:path';
import {didYouMean} from '../config/did-you-mean.ts';
import {chooseStateDir} from '../config/state-dir.ts';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {knownStateDirs, namesOf, usualStateDir, watchedIn} from './registry.ts';
import {statusIn} from './status.ts';
import {homeDirectory} from '../io/home.ts';

/** Selects monitors of this machine, by `--name` or `--state-dir`. */
export interface Selector {
  readonly stateDir?: string;
  readonly name?: string;
}

/**
 * The state directories that a selector matches; all known ones for an empty selector. Throws a `UsageError` for a directory of somebody else than
 * the name says.
 */
export function stateDirsOf({stateDir, name}: Selector): readonly string[] {
  if (stateDir !== undefined || process.env.AGENT2_STATE_DIR) {
    const place = resolve(
      chooseStateDir(stateDir, {name: '', agentos: false}, process.env, homeDirectory()).path,
    );
    if (name !== undefined) refuseOther(name, place);
    return [place];
  }
  return name === undefined ? knownStateDirs() : named(name, knownStateDirs());
}

/** A command that names somebody acts on that one or on nobody. */
function refuseOther(name: string, stateDir: string): void {
  const there = [
    ...new Set([
      ...namesOf(stateDir),
      // The status file of a running monitor may be a second behind its card.
      ...(watchedIn(stateDir)?.length
        ? []
        : (statusIn(stateDir)?.targets.map(target => target.name) ?? [])),
    ]),
  ];
  if (there.length === 0 || there.includes(name)) return;
  throw new UsageError(
    message`there is no monitor or target '${sanitize(name, 63)}' in ${sanitize(stateDir)}; there it is ${there.map(each => sanitize(each, 63)).join(', ')}${didYouMean(name, there)}`,
  );
}

/** The directory of that name, and those of running monitors with a target of that name; else those of ended monitors with such a target. */
function named(name: string, stateDirs: readonly string[]): readonly string[] {
  const usual = usualStateDir(name);
  const found = stateDirs.filter(dir => dir === usual || watchedIn(dir)?.includes(name));
  if (found.length > 0) return found;
  // Only for ended monitors, since the status file of a running one may be a second behind its card.
  const ended = stateDirs.filter(
    dir =>
      watchedIn(dir) === undefined && statusIn(dir)?.targets.some(target => target.name === name),
  );
  return ended.length > 0 ? ended : [usual];
}

/** The one directory that a selector matches; undefined for an empty selector, or several directories. */
export function selectedStateDir(
  {stateDir, name}: Selector,
  stateDirs: readonly string[],
): string | undefined {
  const isSelective =
    stateDir !== undefined || name !== undefined || Boolean(process.env.AGENT2_STATE_DIR);
  return isSelective && stateDirs.length === 1 ? stateDirs[0] : undefined;
}

/** The options that select the first of several monitors: its name, when each has a unique one, else its directory. */
export function selectorWords(stateDirs: readonly string[], given: Selector): string {
  const [first = '', ...others] = stateDirs;
  const names = stateDirs.map(namesOf);
  const unique = names.map((own, index) =>
    own.find(name => names.every((more, other) => other === index || !more.includes(name))),
  );
  const [name] = unique;
  // A given name has matched all of them, so it selects none.
  if (
    others.length === 0 ||
    given.name !== undefined ||
    name === undefined ||
    unique.includes(undefined)
  )
    return `--state-dir ${typed([first])}`;
  return `--name ${typed([name])}`;
}
