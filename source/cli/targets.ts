import type {Text} from '../core/model/text.ts';
import {findConfig} from '../config/find.ts';
import type {LoadedConfig} from '../config/load.ts';
import {problemsText, type ConfigProblems} from '../config/problem.ts';
import type {TargetSpec} from '../config/spec.ts';
import {describingOptions, type TargetOptions} from '../config/options/table.ts';
import {overridesOf, targetFrom} from '../config/options/target.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {keysOf} from '../format/keys-of.ts';
import {fileVersion} from '../io/files/file-version.ts';
import {allKinds} from '../monitor/kinds.ts';
import {flagOf} from './flags.ts';
import {childFromEnvironment, fromEnvironment} from './secret-words.ts';
import {joined, message} from '../core/text/message.ts';

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly home: string;
}

export interface ResolvedTargets {
  /** At least one. */
  readonly targets: readonly TargetSpec[];
  /** The config file of the targets; undefined for a target of the command line. */
  readonly config?: LoadedConfig;
  /** The version of that file (see `fileVersion`) taken before it was read, so that no later change is missed. */
  readonly version?: string;
}

/** The targets to watch: those of the command line, else of a config file, else AgentOS. Throws a `UsageError` with all problems of the file. */
export async function resolveTargets(
  url: string | undefined,
  options: TargetOptions,
  child: readonly string[] | undefined,
  {env, cwd, home}: Surroundings,
): Promise<ResolvedTargets> {
  const naming = namingOf(url, options, child);
  if (naming !== undefined && options.config !== undefined)
    throw new UsageError(
      message`--config and ${naming} both say what to watch; leave out one of them`,
    );
  const file = naming === undefined ? findConfig(options.config, env, cwd, home) : undefined;
  if (file === undefined)
    return {
      targets: [
        targetFrom(
          url && fromEnvironment(url, env),
          commandsFromEnvironment(options, env),
          child && childFromEnvironment(child, env),
          home,
        ),
      ],
    };
  const single = singleTargetOption(options);
  if (single !== undefined)
    throw new UsageError(
      message`${single} is for one target, but ${file} says what to watch; write it there, or name what to watch, e.g. agent2 http://127.0.0.1:3000/ ${single} …`,
    );
  const version = fileVersion(file);
  const loaded = await reloadTargets(file, options, env);
  if (loaded.kind === 'problems') throw new UsageError(wrongConfigText(loaded), EXIT.failed);
  return {targets: loaded.targets, config: loaded, version};
}

/** Reads a config file (again), and applies the options of the command line to all of its targets. */
export async function reloadTargets(
  file: string,
  options: TargetOptions,
  env: NodeJS.ProcessEnv,
): Promise<LoadedConfig | ConfigProblems> {
  // Loads the reader only when there is a config file: yaml and zod are large.
  const {loadConfig} = await import('../config/load.ts');
  const loaded = await loadConfig(file, {kinds: await allKinds(), env});
  return loaded.kind === 'problems'
    ? loaded
    : {...loaded, targets: loaded.targets.map(target => overridden(target, options))};
}

function commandsFromEnvironment(options: TargetOptions, env: NodeJS.ProcessEnv): TargetOptions {
  const {restart} = options;
  return restart === undefined
    ? options
    : {...options, restart: mapped(restart, word => fromEnvironment(word, env))};
}

function mapped<T extends readonly string[]>(words: T, change: (word: string) => string): T {
  return words.map(change) as unknown as T;
}

/** The first problems of a file, under a line that counts all. */
export function wrongConfigText(wrong: ConfigProblems): Text {
  const {path, problems, count, andMore} = wrong;
  const shown = problems.length;
  const head =
    count === 1
      ? message`${path} has a problem`
      : andMore
        ? message`${path} has more than ${count} problems; the first ${shown}`
        : shown < count
          ? message`${path} has ${count} problems; the first ${shown}`
          : message`${path} has ${count} problems`;
  return joined([head, problemsText(wrong)], ':\n');
}

function overridden(target: TargetSpec, options: TargetOptions): TargetSpec {
  return {
    ...target,
    preset: options.preset ?? target.preset,
    overrides: {...target.overrides, ...overridesOf(options)},
    observing: options.observe ?? target.observing,
  };
}

/** The word or option that names the target; undefined without one. */
function namingOf(
  url: string | undefined,
  {port, pidFile}: TargetOptions,
  child: readonly string[] | undefined,
): string | undefined {
  if (url !== undefined) return say`the url`;
  if (port !== undefined) return '--port';
  if (pidFile !== undefined) return '--pid-file';
  return child === undefined ? undefined : '-- CMD';
}

function singleTargetOption(options: TargetOptions): string | undefined {
  const name = keysOf(describingOptions).find(each => options[each] !== undefined);
  return name && flagOf(name);
}
