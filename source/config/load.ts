import type {Text} from '../core/model/text.ts';
import {dirname, resolve} from 'node:path';
import {message, mapOutside, joined} from '../core/text/message.ts';
import type {Budget} from '../core/model/policy.ts';
import {withoutSecrets} from '../format/redact.ts';
import {readConfigFile} from '../io/files/config-file.ts';
import {createSlices, type Slices} from '../io/slices.ts';
import {judge} from './complaints.ts';
import {crossChecks} from './cross-checks.ts';
import {createComplaintList, inWords, type ComplaintList} from './file/complaint-list.ts';
import {readSource, sizeOf, type Source} from './file/source.ts';
import type {LogEntry} from './log-settings.ts';
import type {Kinds} from './kinds.ts';
import {
  pathText,
  type Complaint,
  type ConfigProblem,
  type ConfigProblems,
  type Path,
} from './problem.ts';
import {fileSchema, targetSchema, type FileEntry, type TargetEntry} from './schema.ts';
import {secretsIn} from './secrets-in.ts';
import {resolveSecrets} from './secrets.ts';
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

/** A target needs a few dozen; what reads the faults of more at once would exhaust the stack. */
const MOST_VALUES = 50_000;

/** Reads, checks and resolves a config file, in slices. Returns the first faults, in the order of the file, and counts the others. */
export async function loadConfig(
  path: string,
  {kinds, env}: LoadContext,
): Promise<LoadedConfig | ConfigProblems> {
  const slices = createSlices();
  const problem = (text: Text): ConfigProblems => ({
    kind: 'problems',
    path,
    problems: [{line: 1, column: 1, text}],
    count: 1,
    andMore: false,
  });
  const file = readConfigFile(path);
  if (file.kind === 'missing')
    return problem(message`the file does not exist; agent2 config init FILE writes an example`);
  if (file.kind === 'refused') return problem(message`the file ${file.reason}`);
  const source = await readSource(file.bytes, path.endsWith('.json'), slices);
  if (source.kind === 'problems') return {...source, path};
  const notMapping = notAMapping(source.value);
  const list = createComplaintList();
  if (notMapping !== undefined) list.add(inWords([], () => notMapping));
  const read =
    notMapping === undefined
      ? await readEntries(source.value as object, {path, kinds, env}, list, slices)
      : undefined;
  return read && list.count() === 0
    ? loaded(read, {path: resolve(path), written: source.value, kinds}, slices)
    : {
        kind: 'problems',
        path,
        problems: located(source, list.told(), read?.secrets ?? []),
        count: list.count(),
        andMore: list.isFull(),
      };
}

interface Entries {
  readonly file: FileEntry;
  readonly targets: ReadonlyArray<{
    readonly entry: TargetEntry;
    readonly secrets: readonly string[];
  }>;
  /** Of the whole file. */
  readonly secrets: readonly string[];
}

/** Resolves and judges the file, one target after the other. Adds what is wrong to `list`; then what it returns is incomplete. */
async function readEntries(
  written: object,
  {path, kinds, env}: LoadContext & {readonly path: string},
  list: ComplaintList,
  slices: Slices,
): Promise<Entries> {
  const directory = dirname(resolve(path));
  const top = resolveSecrets(withoutTargets(written), [], {env, directory});
  top.complaints.forEach(list.add);
  const given = targetsOf(written);
  const value = {...(top.value as object), ...onlyTargets(written)};
  const file = isOfSize(top.value, [], list)
    ? judge(fileSchema(), {value, written}, list)
    : undefined;
  const secrets = new Set(top.secrets);
  const targets: Array<Entries['targets'][number]> = [];
  const resolved: unknown[] = [];
  const schema = targetSchema(kinds, directory);
  for (const [index, target] of (given ?? []).entries()) {
    if (list.isFull()) break;
    const at = ['targets', index];
    if (!isOfSize(target, at, list)) continue;
    const {value, complaints, secrets: own} = resolveSecrets(target, at, {env, directory});
    complaints.forEach(list.add);
    resolved.push(value);
    const all = [...new Set([...top.secrets, ...own, ...secretsIn(value)])];
    all.forEach(secret => secrets.add(secret));
    const entry = judge(schema, {value, written: target, at}, list);
    if (entry) targets.push({entry, secrets: all});
    await slices();
  }
  if (resolved.length === (given?.length ?? 0))
    crossChecks({...value, ...(given ? {targets: resolved} : {})}, kinds, list);
  await slices();
  return {file: file ?? {}, targets, secrets: [...secrets]};
}

function isOfSize(value: unknown, path: Path, list: ComplaintList): boolean {
  if (sizeOf(value, MOST_VALUES) !== MOST_VALUES) return true;
  list.add(inWords(path, () => message`has more than ${MOST_VALUES} values; write fewer`));
  return false;
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

function located(
  source: Source,
  complaints: readonly Complaint[],
  secrets: readonly string[],
): readonly ConfigProblem[] {
  return source.locate(
    complaints.map(complaint => ({
      ...complaint,
      text: mapOutside(withPlace(complaint), outside => withoutSecrets(outside, secrets)),
    })),
  );
}

function withPlace({path, text, whole}: Complaint): Text {
  return joined([pathText(path), text], whole ? message`: ` : ' ');
}

interface Sides {
  readonly path: string;
  readonly written: unknown;
  readonly kinds: Kinds;
}

async function loaded(
  {file, targets: entries, secrets}: Entries,
  {path, written, kinds}: Sides,
  slices: Slices,
): Promise<LoadedConfig> {
  const directory = dirname(path);
  const {name, stateDir, healBudget, brake, log, preset = 'test', defaults = {}} = file;
  const targets: TargetSpec[] = [];
  for (const {entry, secrets} of entries) {
    targets.push(targetOf(entry, {preset, defaults, directory, secrets, kinds}));
    await slices();
  }
  return {
    kind: 'config',
    path,
    ...(name === undefined ? {} : {name}),
    ...(stateDir === undefined ? {} : {stateDir: resolve(directory, stateDir)}),
    ...(healBudget === undefined ? {} : {healBudget}),
    ...(brake === false ? {brake} : {}),
    ...(log === undefined ? {} : {log}),
    targets,
    secrets,
    written,
  };
}
