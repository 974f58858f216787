import type {Text} from '../core/model/text.ts';
import {dirname, resolve} from 'node:path';
import {message, mapOutside, sameText, joined} from '../core/text/message.ts';
import type {Budget} from '../core/model/policy.ts';
import {withoutSecrets} from '../format/redact.ts';
import {readConfigFile} from '../io/files/config-file.ts';
import {judge} from './complaints.ts';
import {crossChecks} from './cross-checks.ts';
import type {LogEntry} from './log-settings.ts';
import type {Kinds} from './kinds.ts';
import {pathText, type Complaint, type ConfigProblem, type ConfigProblems} from './problem.ts';
import {configSchema, type ConfigEntry} from './schema.ts';
import {secretsIn} from './secrets-in.ts';
import {resolveSecrets, type Resolved} from './secrets.ts';
import {readSource, type Source} from './source.ts';
import type {TargetSpec} from './spec.ts';
import {targetOf} from './target-entry.ts';

/** A valid config file. */
export interface LoadedConfig {
  readonly kind: 'config';
  /** Absolute. */
  readonly path: string;
  /** The configured name of the monitor, if any. */
  readonly name?: string;
  readonly stateDir?: string;
  readonly healBudget?: Budget;
  readonly brake?: false;
  readonly log?: LogEntry;
  /** In the order of the file; at least one. */
  readonly targets: readonly TargetSpec[];
  /** Texts to redact. */
  readonly secrets: readonly string[];
  /** The values as written in the file, with the names of the secrets. */
  readonly written: unknown;
}

/** The context for reading a file: the kinds of check and fix, and the environment for `${env:…}`. */
export interface LoadContext {
  readonly kinds: Kinds;
  readonly env: NodeJS.ProcessEnv;
}

/** Reads, checks and resolves a config file. Returns all faults at once, in the order of the file. */
export async function loadConfig(
  path: string,
  {kinds, env}: LoadContext,
): Promise<LoadedConfig | ConfigProblems> {
  const problems = (problems: readonly ConfigProblem[]): ConfigProblems => ({
    kind: 'problems',
    path,
    problems,
  });
  const file = readConfigFile(path);
  if (file.kind === 'missing')
    return problems([
      {
        line: 1,
        column: 1,
        text: message`the file does not exist; agent2 config init FILE writes an example`,
      },
    ]);
  if (file.kind === 'refused')
    return problems([{line: 1, column: 1, text: message`the file ${file.reason}`}]);
  const source = readSource(file.bytes, path.endsWith('.json'));
  if (source.kind === 'problems') return problems(source.problems);
  const notMapping = notAMapping(source.value);
  if (notMapping !== undefined)
    return problems(located(source, [{path: [], text: notMapping}], []));

  const directory = dirname(resolve(path));
  const top = resolveSecrets(withoutTargets(source.value), [], {env, directory});
  const targets = targetsOf(source.value)?.map((target, index) =>
    resolveSecrets(target, ['targets', index], {env, directory}),
  );
  const value = {
    ...(top.value as object),
    ...(targets ? {targets: targets.map(each => each.value)} : onlyTargets(source.value)),
  };
  const parts: readonly Resolved[] = [top, ...(targets ?? [])];
  const perTarget = (targets ?? []).map(each => [
    ...new Set([...top.secrets, ...each.secrets, ...secretsIn(each.value)]),
  ]);
  const secrets = [...new Set([...parts.flatMap(each => each.secrets), ...perTarget.flat()])];
  const judged = judge(configSchema(kinds, directory), value, source.value);
  const complaints = [
    ...parts.flatMap(each => each.complaints),
    ...(judged.kind === 'bad' ? judged.complaints : []),
    ...crossChecks(value, kinds),
  ];
  if (judged.kind === 'bad' || complaints.length > 0)
    return problems(located(source, complaints, secrets));
  return loaded(judged.value, {
    path: resolve(path),
    written: source.value,
    secrets,
    secretsOf: index => perTarget[index] ?? [],
    kinds,
  });
}

function notAMapping(value: unknown): Text | undefined {
  const example = message`expected a mapping with targets, e.g. targets: [{name: web, url: http://127.0.0.1:3000/}]; agent2 config init FILE writes an example`;
  if (value === null || value === undefined) return message`is empty; ${example}`;
  if (Array.isArray(value)) return message`is a list; ${example}`;
  return typeof value === 'object'
    ? undefined
    : message`is a single value, not a mapping; ${example}`;
}

function withoutTargets(value: unknown): object {
  const {targets: _, ...rest} = value as {readonly targets?: unknown};
  return rest;
}

function onlyTargets(value: unknown): object {
  return Object.hasOwn(value as object, 'targets')
    ? {targets: (value as {readonly targets?: unknown}).targets}
    : {};
}

function targetsOf(value: unknown): readonly unknown[] | undefined {
  const {targets} = value as {readonly targets?: unknown};
  return Array.isArray(targets) ? targets : undefined;
}

/** One problem for each place: an unresolved value is not reported again as missing. */
function located(
  source: Source,
  complaints: readonly Complaint[],
  secrets: readonly string[],
): readonly ConfigProblem[] {
  const kept = complaints.filter(
    (complaint, index) => complaints.findIndex(other => samePlace(other, complaint)) === index,
  );
  return source.locate(
    kept.map(complaint => ({
      ...complaint,
      text: mapOutside(withPlace(complaint), outside => withoutSecrets(outside, secrets)),
    })),
  );
}

function withPlace({path, text, whole}: Complaint): Text {
  return joined([pathText(path), text], whole ? message`: ` : ' ');
}

function samePlace(a: Complaint, b: Complaint): boolean {
  return a.key === b.key && sameText(pathText(a.path), pathText(b.path));
}

interface Sides {
  readonly path: string;
  readonly written: unknown;
  readonly secrets: readonly string[];
  secretsOf(index: number): readonly string[];
  readonly kinds: Kinds;
}

function loaded(
  entry: ConfigEntry,
  {path, written, secrets, secretsOf, kinds}: Sides,
): LoadedConfig {
  const directory = dirname(path);
  const {name, stateDir, healBudget, brake, log, preset = 'test', defaults = {}} = entry;
  return {
    kind: 'config',
    path,
    ...(name === undefined ? {} : {name}),
    ...(stateDir === undefined ? {} : {stateDir: resolve(directory, stateDir)}),
    ...(healBudget === undefined ? {} : {healBudget}),
    ...(brake === false ? {brake} : {}),
    ...(log === undefined ? {} : {log}),
    targets: entry.targets.map((target, index) =>
      targetOf(target, {preset, defaults, directory, secrets: secretsOf(index), kinds}),
    ),
    secrets,
    written,
  };
}
