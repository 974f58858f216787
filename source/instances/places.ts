import {homedir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {chooseStateDir} from '../config/state-dir.ts';
import {readMonitorStatus} from '../documents/monitor-status.ts';
import {readIfThere} from '../io/files/atomic-file.ts';
import {ELSEWHERE, placesElsewhere} from '../io/state-dir/registry.ts';
import {errorCode} from '../io/error-code.ts';
import {holderOf} from '../io/state-dir/lock.ts';
import {subdirectories} from '../io/files/subdirectories.ts';

/** How somebody says which monitor is meant. */
export interface WhichMonitor {
  readonly stateDir?: string;
  readonly name?: string;
}

/** The state directories that are meant: the one that was named, else every place where one may be. */
export function stateDirsOf({stateDir, name}: WhichMonitor): readonly string[] {
  if (stateDir !== undefined || process.env.AGENT2_STATE_DIR)
    return [
      resolve(chooseStateDir(stateDir, {name: '', agentos: false}, process.env, homedir()).path),
    ];
  const usual = usualPlaces();
  const places = [...usual, ...placesElsewhere(usualHome(), usual)];
  return name === undefined ? places : placesOf(name, places);
}

/** The only place that can be meant, where somebody said which; undefined where any may be. */
export function namedPlace(
  {stateDir, name}: WhichMonitor,
  places: readonly string[],
): string | undefined {
  const said =
    stateDir !== undefined || name !== undefined || Boolean(process.env.AGENT2_STATE_DIR);
  return said && places.length === 1 ? places[0] : undefined;
}

/** Where a monitor keeps its files that was not told where; AgentOS's first. */
export function usualPlaces(): readonly string[] {
  return [
    usualPlace('', true),
    ...subdirectories(usualHome()).filter(path => basename(path) !== ELSEWHERE),
  ];
}

/** The directory with all of them but AgentOS's. */
export function usualHome(): string {
  return dirname(usualPlace('any'));
}

/** What `--name` finds the monitor of that directory by. */
export function namesOf(stateDir: string): readonly string[] {
  return [
    ...(watchedIn(stateDir) ?? []),
    ...(dirname(stateDir) === usualHome() ? [basename(stateDir)] : []),
  ];
}

/** The place called so, and those of running monitors that watch it; where there is none, those of monitors that watched it when they ended. */
function placesOf(name: string, places: readonly string[]): readonly string[] {
  const named = usualPlace(name);
  const found = places.filter(place => place === named || watchedIn(place)?.includes(name));
  if (found.length > 0) return found;
  // The status file of a running monitor may be a second behind: only the card says what it watches.
  const ended = places.filter(
    place =>
      watchedIn(place) === undefined &&
      readMonitorStatus(readIfThere(join(place, 'agent2_status.json')) ?? '')?.targets.some(
        target => target.name === name,
      ),
  );
  return ended.length > 0 ? ended : [named];
}

/** The names of what the monitor of that directory watches now; undefined where none runs. */
export function watchedIn(stateDir: string): readonly string[] | undefined {
  try {
    return holderOf(stateDir)?.targets;
  } catch (error) {
    // What may not be read is another's.
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

function usualPlace(name: string, agentos = false): string {
  return chooseStateDir(
    undefined,
    {name, agentos},
    {XDG_STATE_HOME: process.env.XDG_STATE_HOME},
    homedir(),
  ).path;
}
