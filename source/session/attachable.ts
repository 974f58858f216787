import {join, resolve} from 'node:path';
import type {MonitorOptions} from '../config/options/table.ts';
import {findConfig} from '../config/find.ts';
import {isSameAddress, listeningAddress} from '../config/same-service.ts';
import type {TargetSpec} from '../config/spec.ts';
import {chooseStateDir} from '../config/state-dir.ts';
import {targetFrom} from '../config/options/target.ts';
import {UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {readMonitorStatus, type MonitorStatus} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';
import {errorCode} from '../io/error-code.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import type {ConfigSource} from '../monitor/setup.ts';
import {selectorWords, stateDirsOf, type Selector} from '../instances/selector.ts';
import {homeDirectory} from '../io/home.ts';

/** A running monitor. */
export interface Attachable {
  readonly stateDir: string;
  readonly holder: Holder;
  /** Undefined before the monitor has written its first status. */
  readonly status: MonitorStatus | undefined;
}

/**
 * The running monitor of the target that the words and options name; without one, that of `--name` or `--state-dir`, or the only one that runs.
 * Undefined when none runs, or when only the config file can decide. Throws a `UsageError` when several run.
 */
export function findAttachable(
  url: string | undefined,
  options: MonitorOptions,
  child: readonly string[] | undefined,
): Attachable | undefined {
  const {config, stateDir, name} = options;
  if (namesTarget(url, options, child)) {
    // The parser refuses `--config` beside a target.
    if (config !== undefined) return undefined;
    const target = targetFrom(url, options, child, homeDirectory());
    const running = runningIn(chooseStateDir(stateDir, target, process.env, homeDirectory()).path);
    if (running) return watchesOnly(running, target) ? running : undefined;
    return child === undefined && name === undefined && stateDir === undefined
      ? chosen(runningMonitors({}).filter(watchesAt(listeningAddress(target))), {})
      : undefined;
  }
  const file = findConfig(config, process.env, process.cwd(), homeDirectory());
  if (file !== undefined && (config !== undefined || name === undefined))
    return runningMonitors({stateDir}).find(({status}) => status?.config === resolve(file));
  return onlyRunning(options);
}

/** Whether the words and options name a target. */
export function namesTarget(
  url: string | undefined,
  {port, pidFile}: MonitorOptions,
  child: readonly string[] | undefined,
): boolean {
  return [url, port, pidFile, child].some(each => each !== undefined);
}

/** The running monitor of a config file. */
export function attachableFor(
  config: ConfigSource | undefined,
  stateDir: string | undefined,
): Attachable | undefined {
  if (!config) return undefined;
  const running = runningIn(
    chooseStateDir(stateDir, config.place, process.env, homeDirectory()).path,
  );
  return running?.status?.config === config.path ? running : undefined;
}

function onlyRunning({stateDir, name}: Selector): Attachable | undefined {
  return chosen(runningMonitors({stateDir, name}), {name});
}

/** The only one of these monitors; undefined without one. Throws a `UsageError` for several. */
function chosen(running: readonly Attachable[], {name}: Selector): Attachable | undefined {
  const [only, ...others] = running;
  if (!only || others.length === 0) return only;
  const known = running
    .map(
      ({stateDir: place, holder: {pid, targets}}) =>
        `\n  ${sanitize(`${targets.join(', ')} (pid ${pid}, ${place})`)}`,
    )
    .join('');
  throw new UsageError(
    message`several agent2 are running; choose one with --name or --state-dir, e.g. agent2 ${sanitize(
      selectorWords(
        running.map(({stateDir: place}) => place),
        {name},
      ),
      4_096,
    )}:${known}`,
  );
}

function runningMonitors(which: Selector): readonly Attachable[] {
  return stateDirsOf(which).flatMap(place => runningIn(place) ?? []);
}

/** Ignores a monitor without targets, like AgentOS's own: opening the directory will report it. */
function runningIn(stateDir: string): Attachable | undefined {
  try {
    const holder = holderOf(stateDir);
    if (!holder || holder.targets.length === 0) return undefined;
    return {
      stateDir,
      holder,
      status: readMonitorStatus(
        readIfThere(join(stateDir, 'agent2_status.json'), MOST_OF_ALL_TARGETS) ?? '',
      ),
    };
  } catch (error) {
    // Taking the lock of the directory reports the same error.
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Selects monitors with a target at that address, whatever its name and their other targets. */
function watchesAt(address: string | undefined): (running: Attachable) => boolean {
  return ({status}) =>
    address !== undefined &&
    (status?.targets.some(target => isSameAddress(target.address, address)) ?? false);
}

/** Compares only the name until the monitor has written its first status. */
function watchesOnly(
  {holder, status}: Attachable,
  target: Pick<TargetSpec, 'name' | 'address'>,
): boolean {
  const [only, ...others] =
    status?.targets ?? holder.targets.map(name => ({name, address: target.address}));
  return others.length === 0 && only?.name === target.name && only.address === target.address;
}
