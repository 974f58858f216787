import {basename} from 'node:path';
import {problemsText} from '../config/problem.ts';
import {watchedOf} from '../config/state-dir.ts';
import {sharedOptions, type MonitorOptions, type TargetOptions} from '../config/options/table.ts';
import type {TargetSpec} from '../config/spec.ts';
import {definedOnly} from '../format/defined-only.ts';
import {hash} from '../format/hash.ts';
import {keysOf} from '../format/keys-of.ts';
import {runsCommands} from '../monitor/kinds.ts';
import type {ConfigSource, MonitorSetup} from '../monitor/setup.ts';
import {reloadTargets, resolveTargets} from './targets.ts';
import {joined, message} from '../core/text/message.ts';
import {homeDirectory} from '../io/home.ts';

/** The setup of a monitor, from the words and options of a command. Rejects with a `UsageError`. */
export async function setupFor(
  url: string | undefined,
  options: MonitorOptions,
  child: readonly string[] | undefined,
): Promise<MonitorSetup> {
  return {...(await watchlistFor(url, options, child)), ...monitorFilesOf(options)};
}

/** The options about the files of a monitor: its state directory, log and recording. */
export function monitorFilesOf({
  stateDir,
  record,
  logLevel,
  logFormat,
}: MonitorOptions): Pick<MonitorSetup, 'stateDirOption' | 'log' | 'record'> {
  return {
    stateDirOption: stateDir,
    record,
    log: definedOnly({level: logLevel, format: logFormat}),
  };
}

/**
 * The watchlist of a monitor, from the words and options of a command; the monitor follows a config file from then on. Rejects with a
 * `UsageError`.
 */
export async function watchlistFor(
  url: string | undefined,
  options: TargetOptions,
  child: readonly string[] | undefined,
): Promise<
  Pick<MonitorSetup, 'targets' | 'healBudget' | 'brake' | 'logOfConfig' | 'config' | 'asked'>
> {
  const {targets, config, version} = await resolveTargets(url, options, child, {
    env: process.env,
    cwd: process.cwd(),
    home: homeDirectory(),
  });
  const asked = askedOf(targets, config?.path, options);
  if (!config) return {targets, asked};
  return {
    targets,
    asked,
    healBudget: config.healBudget,
    brake: config.brake,
    logOfConfig: config.log,
    config: sourceOf(config.path, watchedOf(config), options, version),
  };
}

/**
 * Identifies the targets and options of a monitor, so that `start` recognises one that already runs with the same. A hash, because the
 * text is stored in a file and specs may contain secrets.
 */
function askedOf(
  targets: readonly TargetSpec[],
  config: string | undefined,
  options: TargetOptions,
): string {
  if (config === undefined)
    return hash(
      JSON.stringify([targets, targets.some(({fix}) => runsCommands(fix)) ? process.cwd() : '']),
    );
  const shared = keysOf(sharedOptions).map(name => [name, options[name]] as const);
  // The path and not the content, which may change while the monitor follows it.
  return hash(JSON.stringify([config, Object.fromEntries(shared)]));
}

function sourceOf(
  path: string,
  place: ConfigSource['place'],
  options: TargetOptions,
  version: string | undefined,
): ConfigSource {
  return {
    path,
    place,
    async read() {
      const loaded = await reloadTargets(path, options, process.env);
      if (loaded.kind === 'config')
        return {
          kind: 'good',
          place: watchedOf(loaded),
          targets: loaded.targets,
          healBudget: loaded.healBudget,
          brake: loaded.brake,
          logOfConfig: loaded.log,
        };
      // Names only the first problem, without the directory: the screen has little room.
      const [first] = loaded.problems;
      const more = loaded.count - 1;
      const text = problemsText({...loaded, path: basename(path), problems: first ? [first] : []});
      return {
        kind: 'bad',
        text: joined([
          text,
          loaded.andMore
            ? message` (and more than ${more} more; to see them: agent2 config check ${path})`
            : more > 0
              ? message` (and ${more} more; to see all: agent2 config check ${path})`
              : undefined,
        ]),
      };
    },
    async watch(onChange, onProblem) {
      const {watchFile} = await import('../io/files/watch-file.ts');
      const watch = watchFile(path, onChange, onProblem, version);
      return () => watch.close();
    },
  };
}
