import {homedir} from 'node:os';
import {basename} from 'node:path';
import {problemsText} from '../config/problem.ts';
import {watchedOf} from '../config/state-dir.ts';
import {sharedOptions, type MonitorOptions, type TargetOptions} from '../config/options/table.ts';
import type {TargetSpec} from '../config/spec.ts';
import {definedOnly} from '../format/defined-only.ts';
import {digest} from '../format/digest.ts';
import {keysOf} from '../format/keys-of.ts';
import {runsCommands} from '../monitor/kinds.ts';
import type {ConfigSource, MonitorSetup} from '../monitor/setup.ts';
import {reloadTargets, resolveTargets} from './targets.ts';
import {joined, message} from '../core/text/message.ts';

/** What a monitor is opened with, as the words and options of a command say. Throws a `UsageError`. */
export async function setupFor(
  url: string | undefined,
  options: MonitorOptions,
  child: readonly string[] | undefined,
): Promise<MonitorSetup> {
  return {...(await watchlistFor(url, options, child)), ...keepingOf(options)};
}

/** Where a monitor keeps its files, and what it logs and records. */
export function keepingOf({
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

/** What the words of a command and its options say is to be watched, as a monitor takes it; a config file is followed from then on. Throws a `UsageError`. */
export async function watchlistFor(
  url: string | undefined,
  options: TargetOptions,
  child: readonly string[] | undefined,
): Promise<Pick<MonitorSetup, 'targets' | 'healBudget' | 'logOfConfig' | 'config' | 'asked'>> {
  const {targets, config, version} = await resolveTargets(url, options, child, {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
  });
  const asked = askedOf(targets, config?.path, options);
  if (!config) return {targets, asked};
  return {
    targets,
    asked,
    healBudget: config.healBudget,
    logOfConfig: config.log,
    config: sourceOf(config.path, watchedOf(config), options, version),
  };
}

/** What a monitor is asked to watch, and how, in one short text: the same for the same words, so that `start` of what runs already can be told from another. A digest, since specs may hold secrets and this is kept in a file. */
function askedOf(
  targets: readonly TargetSpec[],
  config: string | undefined,
  options: TargetOptions,
): string {
  if (config === undefined)
    return digest(
      JSON.stringify([targets, targets.some(({fix}) => runsCommands(fix)) ? process.cwd() : '']),
    );
  const shared = keysOf(sharedOptions).map(name => [name, options[name]] as const);
  // The file itself may change while it is followed.
  return digest(JSON.stringify([config, Object.fromEntries(shared)]));
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
          logOfConfig: loaded.log,
        };
      // There is one file only, and little room on the screen.
      const [first, ...more] = loaded.problems;
      const text = problemsText({...loaded, path: basename(path), problems: first ? [first] : []});
      return {
        kind: 'bad',
        text: joined([
          text,
          more.length > 0
            ? message` (and ${more.length} more; to see all: agent2 config check ${path})`
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
