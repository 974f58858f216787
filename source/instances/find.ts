import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {
  readMonitorStatus,
  type MonitoredTarget,
  type MonitorStatus,
} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {readIfThere} from '../io/files/atomic-file.ts';
import {holderOf} from '../io/state-dir/lock.ts';
import {namedPlace, stateDirsOf, watchedIn, type WhichMonitor} from './places.ts';
import {tellingWords} from './selector.ts';

interface RunningMonitorFiles {
  readonly stateDir: string;
  readonly status: MonitorStatus;
}

type Candidate = RunningMonitorFiles & {readonly target: MonitoredTarget};

/** The monitor that is meant and runs, and the target of it that is meant. Throws a `UsageError` that says which there are where it cannot be told. */
export function findRunning(
  which: WhichMonitor,
  wanted: string | undefined,
  command: string,
): Candidate {
  const running = runningMonitors(which);
  const candidates = running.flatMap(files =>
    files.status.targets.map(target => ({...files, target})),
  );
  const named =
    wanted === undefined ? candidates : candidates.filter(({target}) => target.name === wanted);
  const [only, ...others] = named;
  const known = candidates
    .map(({target, stateDir}) => `${target.name} (${stateDir})`)
    .map(text => sanitize(text))
    .join(', ');
  if (only === undefined)
    throw new UsageError(
      say`nothing called '${sanitize(wanted ?? '', 63)}' is watched; there is ${known}`,
    );
  if (others.length > 0)
    throw new UsageError(
      say`there are several: ${known}; say which, e.g. agent2 ${command} ${tellingTarget(only, candidates)}`,
    );
  return only;
}

/** Its name, where there is one of that name alone. */
function tellingTarget(
  {target: {name}, stateDir}: Candidate,
  candidates: readonly Candidate[],
): string {
  return typed(
    candidates.filter(({target}) => target.name === name).length === 1
      ? [name]
      : [name, '--state-dir', stateDir],
  );
}

/** The names of all that is watched now by the monitors of this user. */
export function watchedNames(): readonly string[] {
  return stateDirsOf({})
    .filter(place => holderOf(place) !== undefined)
    .flatMap(statusOf)
    .flatMap(({status}) => status.targets.map(({name}) => name));
}

/** The state directory of the monitor that is meant: the only one that runs, else the only one that watches `wanted`. Throws a `UsageError`. */
export function findMonitor(
  which: WhichMonitor,
  wanted: string | undefined,
  command: string,
): string {
  const running = runningMonitors(which);
  const [only, ...others] =
    running.length === 1 || wanted === undefined
      ? running
      : running.filter(files => namesIn(files).includes(wanted));
  if (only && others.length === 0) return only.stateDir;
  const known = running
    .map(files => `${namesIn(files).join(', ')} (${files.stateDir})`)
    .map(text => sanitize(text))
    .join('; ');
  if (!only)
    throw new UsageError(
      say`nothing called '${sanitize(wanted ?? '', 63)}' is watched; there is ${known}`,
    );
  const words = tellingWords(
    [only, ...running.filter(files => files !== only)].map(({stateDir}) => stateDir),
    which,
  );
  throw new UsageError(
    say`several agent2 are running: ${known}; say which, e.g. agent2 ${command} ${sanitize(words, 4_096)}`,
  );
}

/** What it watches by now: its card is renewed at once, its status file up to a second later. */
function namesIn({stateDir, status}: RunningMonitorFiles): readonly string[] {
  const watched = watchedIn(stateDir) ?? [];
  return watched.length > 0 ? watched : status.targets.map(({name}) => name);
}

/** Those that run and have written their first status, at least one. Throws a `UsageError`. */
function runningMonitors(which: WhichMonitor): readonly RunningMonitorFiles[] {
  const places = stateDirsOf(which);
  const running = places
    .filter(place => holderOf(place) !== undefined)
    .flatMap(stateDir => statusOf(stateDir));
  if (running.length > 0) return running;
  const named = namedPlace(which, places);
  const where = named === undefined ? '' : say` in ${sanitize(named)}`;
  throw new UsageError(
    say`no agent2 is running${where}; start one, e.g. agent2 start http://127.0.0.1:3000/, or say where it is: --state-dir DIR`,
    EXIT.failed,
  );
}

/** What a monitor says of itself; nothing before it has written its first status. */
function statusOf(stateDir: string): readonly RunningMonitorFiles[] {
  const status = statusIn(stateDir);
  return status ? [{stateDir, status}] : [];
}

/** What a monitor says of itself; nothing before it has written its first status. */
export function statusIn(stateDir: string): MonitorStatus | undefined {
  return readMonitorStatus(readIfThere(join(stateDir, 'agent2_status.json')) ?? '');
}

/** That target as its monitor shows it by now. */
export function targetIn(stateDir: string, name: string): MonitoredTarget | undefined {
  return statusIn(stateDir)?.targets.find(target => target.name === name);
}
