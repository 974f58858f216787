import {didYouMean} from '../config/did-you-mean.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import type {MonitoredTarget, MonitorStatus} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {typed} from '../format/shell-words.ts';
import {watchedIn} from './registry.ts';
import {holderIn, runningIn} from './running.ts';
import {selectedStateDir, selectorWords, stateDirsOf, type Selector} from './selector.ts';
import {statusIn} from './status.ts';
import {refuseUnknownName} from './unknown-name.ts';

interface RunningMonitor {
  readonly stateDir: string;
  readonly status: MonitorStatus;
}

interface RunningTarget extends RunningMonitor {
  readonly target: MonitoredTarget;
}

/** The state directory of the one running monitor, else of the one that watches the target `wanted`. Throws a `UsageError` for none or several. */
export function findMonitor(
  selector: Selector,
  wanted: string | undefined,
  command: string,
): string {
  const running = runningMonitors(selector);
  const [only, ...others] =
    running.length === 1 || wanted === undefined
      ? running
      : running.filter(monitor => namesIn(monitor).includes(wanted));
  if (only && others.length === 0) return only.stateDir;
  const known = running
    .map(monitor => `${namesIn(monitor).join(', ')} (${monitor.stateDir})`)
    .map(text => sanitize(text))
    .join('; ');
  if (!only)
    throw new UsageError(
      message`there is no target '${sanitize(wanted ?? '', 63)}'; the targets are ${known}${didYouMean(wanted ?? '', running.flatMap(namesIn))}`,
    );
  const options = selectorWords(
    [only, ...running.filter(monitor => monitor !== only)].map(({stateDir}) => stateDir),
    selector,
  );
  throw new UsageError(
    message`several agent2 are running: ${known}; name one, e.g. agent2 ${command} ${sanitize(options, 4_096)}`,
  );
}

/** The target `wanted` of the running monitors, or their only target. Throws a `UsageError` for none or several. */
export function findRunningTarget(
  selector: Selector,
  wanted: string | undefined,
  command: string,
): RunningTarget {
  const all = runningMonitors(selector).flatMap(monitor =>
    monitor.status.targets.map(target => ({...monitor, target})),
  );
  const [only, ...others] =
    wanted === undefined ? all : all.filter(({target}) => target.name === wanted);
  const known = all
    .map(({target, stateDir}) => `${target.name} (${stateDir})`)
    .map(text => sanitize(text))
    .join(', ');
  if (only === undefined)
    throw new UsageError(
      message`there is no target '${sanitize(wanted ?? '', 63)}'; the targets are ${known}${didYouMean(
        wanted ?? '',
        all.map(({target}) => target.name),
      )}`,
    );
  if (others.length > 0)
    throw new UsageError(
      message`there are several: ${known}; name one, e.g. agent2 ${command} ${wordsFor(only, all)}`,
    );
  return only;
}

/** The words that select a target: its name, and its monitor's directory when two targets have that name. */
function wordsFor(
  {target: {name}, stateDir}: RunningTarget,
  all: readonly RunningTarget[],
): string {
  return typed(
    all.filter(({target}) => target.name === name).length === 1
      ? [name]
      : [name, '--state-dir', stateDir],
  );
}

/**
 * The state directory for a command that also works without a running monitor. Of the selected directories with the files that the command needs
 * (`hasFiles`) it is that of the only running monitor, else the only one. With `mayWait` a selected one may lack the files. Throws a `UsageError`
 * for none or several.
 */
export function findStateDir(
  selector: Selector,
  hasFiles: (dir: string) => boolean,
  command: string,
  mayWait = false,
): string {
  const stateDirs = stateDirsOf(selector);
  const selected = selectedStateDir(selector, stateDirs);
  if (mayWait && selected !== undefined) return selected;
  const found = stateDirs.filter(hasFiles);
  const running = found.filter(dir => holderIn(dir) !== undefined);
  const [only, ...others] = running.length > 0 ? running : found;
  if (only === undefined) {
    refuseUnknownName(selector, stateDirs);
    const where = selected === undefined ? '' : say` in ${sanitize(selected)}`;
    throw new UsageError(
      message`there are no files of a monitor${where}; name its directory: agent2 ${command} --state-dir DIR`,
      EXIT.failed,
    );
  }
  if (others.length === 0) return only;
  const known = [only, ...others].map(dir => sanitize(dir)).join(', ');
  throw new UsageError(
    message`there are several: ${known}; name one, e.g. agent2 ${command} ${sanitize(selectorWords([only, ...others], selector), 4_096)}`,
  );
}

/** The names of all targets of this user's running monitors. */
export function watchedNames(): readonly string[] {
  return running({}, stateDirsOf({})).flatMap(({status}) => status.targets.map(({name}) => name));
}

/** The selected monitors that run and have written a status. Throws a `UsageError` when there is none. */
function runningMonitors(selector: Selector): readonly RunningMonitor[] {
  const stateDirs = stateDirsOf(selector);
  const found = running(selector, stateDirs);
  if (found.length > 0) return found;
  refuseUnknownName(selector, stateDirs);
  const selected = selectedStateDir(selector, stateDirs);
  const where = selected === undefined ? '' : say` in ${sanitize(selected)}`;
  throw new UsageError(
    message`no agent2 is running${where}; start one, e.g. agent2 start http://127.0.0.1:3000/, or name its directory: --state-dir DIR`,
    EXIT.failed,
  );
}

function running(selector: Selector, stateDirs: readonly string[]): readonly RunningMonitor[] {
  return runningIn(selector, stateDirs).flatMap(({stateDir}) => {
    const status = statusIn(stateDir);
    return status ? [{stateDir, status}] : [];
  });
}

/** The current targets of a monitor, from its card, since the status file may be a second behind. */
function namesIn({stateDir, status}: RunningMonitor): readonly string[] {
  const watched = watchedIn(stateDir) ?? [];
  return watched.length > 0 ? watched : status.targets.map(({name}) => name);
}
