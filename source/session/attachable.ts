import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import type {MonitorOptions} from '../config/options.ts';
import {findConfig} from '../config/find.ts';
import type {TargetSpec} from '../config/spec.ts';
import {chooseStateDir} from '../config/state-dir.ts';
import {targetFrom} from '../config/target-options.ts';
import {UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {readMonitorStatus, type MonitorStatus} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {readIfThere} from '../io/files/atomic-file.ts';
import {errorCode} from '../io/error-code.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import type {ConfigSource} from '../monitor/setup.ts';
import {selectorWords, stateDirsOf, type Selector} from '../instances/selector.ts';

/** A monitor that runs. */
export interface Attachable {
  readonly stateDir: string;
  readonly holder: Holder;
  /** What it says of itself; nothing before it has written its first status. */
  readonly status: MonitorStatus | undefined;
}

/**
 * The monitor that watches already what the words and options name; where they name nothing, the only one that runs, or the one that `--name` or
 * `--state-dir` says. Undefined where none does, and where only what a config file says can tell. Throws a `UsageError` where there are several.
 */
export function findAttachable(
  url: string | undefined,
  options: MonitorOptions,
  child: readonly string[] | undefined,
): Attachable | undefined {
  const {config, stateDir, name} = options;
  const named =
    url !== undefined ||
    options.port !== undefined ||
    options.pidFile !== undefined ||
    child !== undefined;
  if (named) {
    // Both together are wrong, which is said where they are read.
    if (config !== undefined) return undefined;
    const target = targetFrom(url, options, child, homedir());
    const running = runningIn(chooseStateDir(stateDir, target, process.env, homedir()).path);
    return running && watchesJust(running, target) ? running : undefined;
  }
  const file = findConfig(config, process.env, process.cwd(), homedir());
  if (file !== undefined && (config !== undefined || name === undefined))
    return everywhere({stateDir}).find(({status}) => status?.config === resolve(file));
  return theOnly(options);
}

/** The monitor of that config file, which is read by now. */
export function attachableFor(
  config: ConfigSource | undefined,
  stateDir: string | undefined,
): Attachable | undefined {
  if (!config) return undefined;
  const running = runningIn(chooseStateDir(stateDir, config.place, process.env, homedir()).path);
  return running?.status?.config === config.path ? running : undefined;
}

function theOnly({stateDir, name}: Selector): Attachable | undefined {
  const running = everywhere({stateDir, name});
  const [only, ...others] = running;
  if (!only || others.length === 0) return only;
  const known = running
    .map(
      ({stateDir: place, holder: {pid, targets}}) =>
        `\n  ${sanitize(`${targets.join(', ')} (pid ${pid}, ${place})`)}`,
    )
    .join('');
  throw new UsageError(
    say`several agent2 are running; say which one to show by --name or --state-dir, e.g. agent2 ${sanitize(
      selectorWords(
        running.map(({stateDir: place}) => place),
        {name},
      ),
      4_096,
    )}:${known}`,
  );
}

function everywhere(which: Selector): readonly Attachable[] {
  return stateDirsOf(which).flatMap(place => runningIn(place) ?? []);
}

/** One without targets is none of ours, like AgentOS's own: it is refused as it always was. */
function runningIn(stateDir: string): Attachable | undefined {
  try {
    const holder = holderOf(stateDir);
    if (!holder || holder.targets.length === 0) return undefined;
    return {
      stateDir,
      holder,
      status: readMonitorStatus(readIfThere(join(stateDir, 'agent2_status.json')) ?? ''),
    };
  } catch (error) {
    // What cannot be read is for whoever wants to keep files there to tell.
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Before its first status there are only names to go by. */
function watchesJust(
  {holder, status}: Attachable,
  target: Pick<TargetSpec, 'name' | 'address'>,
): boolean {
  const [only, ...others] =
    status?.targets ?? holder.targets.map(name => ({name, address: target.address}));
  return others.length === 0 && only?.name === target.name && only.address === target.address;
}
