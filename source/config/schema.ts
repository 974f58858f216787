import {z, type ZodType} from 'zod';
import type {HttpSpec} from '../contracts/probe.ts';
import {message} from '../core/text/message.ts';
import type {Budget} from '../core/model/policy.ts';
import {nameKnownKeys} from './complaints.ts';
import {formsOf, withSecrets, type Json} from './json-schema.ts';
import {checkSchema, fixSchema, run, type CheckEntry, type FixEntry} from './kind-schema.ts';
import type {Kinds} from './kinds.ts';
import {argv, asSentence, budget, leaf, name, option, text, url} from './leaves.ts';
import {logSchema, type LogEntry} from './log-settings.ts';
import {resolvePaths, resolveWord} from './resolve-paths.ts';
import {describingOptions, monitorOptions, namingOptions, sharedOptions} from './options/table.ts';
import {policyShape, type PolicyEntry} from './policy-entry.ts';
import {presetNames, type PresetName} from './presets.ts';
import {httpWords, type DrillSpec} from './spec.ts';
import {duration, type ConfigValue} from './options/values.ts';
import {say} from '../core/text/say.ts';
import {inIssue} from '../format/issue-text.ts';

/** A parsed config file, in its own words. */
interface ConfigEntry {
  readonly $schema?: string;
  readonly name?: string;
  readonly preset?: PresetName;
  readonly stateDir?: string;
  readonly healBudget?: Budget;
  readonly brake?: boolean;
  readonly log?: LogEntry;
  readonly defaults?: PolicyEntry;
  readonly targets: readonly TargetEntry[];
}

export interface TargetEntry extends PolicyEntry, Partial<HttpSpec> {
  readonly name: string;
  readonly url?: URL;
  readonly port?: number;
  readonly pidFile?: string;
  readonly processName?: string;
  readonly preset?: PresetName;
  readonly observe?: boolean;
  readonly checks?: readonly CheckEntry[];
  readonly fix?: FixEntry;
  readonly evidence?: {
    readonly command?: readonly string[];
    readonly timeout?: number;
    readonly log?: string;
  };
  readonly dependsOn?: readonly string[];
  readonly drill?: DrillSpec;
}

/** A file whose targets are judged one by one. */
export type FileEntry = Omit<ConfigEntry, 'targets'>;

/** The schema of a file without a look into its targets: thousands of them take seconds. */
export function fileSchema(): ZodType<FileEntry> {
  return schemaOf(z.unknown() as ZodType<TargetEntry>);
}

/** The schema of the whole file. Relative paths count from `directory`. */
function configSchema(kinds: Kinds, directory: string): ZodType<ConfigEntry> {
  return schemaOf(targetSchema(kinds, directory));
}

function schemaOf(target: ZodType<TargetEntry>): ZodType<ConfigEntry> {
  z.config({customError: nameKnownKeys});
  return z
    .strictObject({
      $schema: z
        .string()
        .optional()
        .meta({description: say`Where editors find this schema`}),
      name: name(z, say`The name of this monitor; its files are kept under it`, 'main').optional(),
      preset: preset(say`The preset of targets that set none`),
      stateDir: textOption(monitorOptions.stateDir).optional(),
      healBudget: budget(
        z,
        say`Number of fixes of all targets together that may start within a time`,
      ).optional(),
      brake: z
        .boolean()
        .optional()
        .meta({
          description: say`false: restarts all targets that turn bad together at once, without a canary`,
        }),
      log: logSchema(z).optional(),
      defaults: z
        .strictObject(policyShape(z))
        .optional()
        .meta({description: say`Timings and limits of targets that set none`}),
      targets: z
        .array(target)
        .min(1)
        .meta({description: say`What is watched`}),
    })
    .meta({
      title: 'agent2',
      description: say`What agent2 watches, and how it heals it`,
    });
}

/** The same, published as JSON schema. */
export function configJsonSchema(kinds: Kinds): Json {
  const {$schema, ...schema} = z.toJSONSchema(configSchema(kinds, '/'), {
    io: 'input',
    unrepresentable: 'any',
  });
  return {$schema, ...withSecrets(schema)};
}

/** The schema of one target. */
export function targetSchema(kinds: Kinds, directory: string): ZodType<TargetEntry> {
  z.config({customError: nameKnownKeys});
  return z
    .strictObject({
      name: name(z, say`Its name; unique in the file`, 'web'),
      url: url(z, say`The url to check`).optional(),
      ...httpShape(kinds, directory),
      port: option(z, namingOptions.port).optional(),
      pidFile: textOption(namingOptions.pidFile).optional(),
      processName: textOption(describingOptions.processName).optional(),
      preset: preset(say`A named set of timings and limits`),
      ...policyShape(z),
      observe: z
        .boolean()
        .optional()
        .meta({description: asSentence(sharedOptions.observe.help())}),
      checks: z
        .array(checkSchema(z, kinds, directory))
        .optional()
        .meta({description: say`What else is checked`}),
      fix: fixSchema(z, kinds, directory).optional(),
      evidence: evidenceSchema(directory).optional(),
      dependsOn: z
        .array(z.string())
        .optional()
        .meta({
          description: say`Names of targets that must be healthy before this one is restarted`,
          examples: [['db']],
        }),
      drill: drillSchema(directory).optional(),
    })
    .meta({description: say`One service`});
}

/** The words of the http check that a target with a url may use too. That check validates them: each counts as part of such a check. */
function httpShape({probes}: Kinds, directory: string) {
  const schema = probes['http']?.options(z);
  const forms = schema
    ? formsOf(z.toJSONSchema(schema, {io: 'input', unrepresentable: 'any'}))
    : [];
  const published = forms[0]?.['properties'] as Readonly<Record<string, Json>> | undefined;
  const word = (name: keyof HttpSpec) =>
    z
      .unknown()
      .transform((value, context): unknown => {
        const given = {
          url: 'http://127.0.0.1/',
          ...(name === 'key' ? {cert: '/'} : {}),
          [name]: value,
        };
        const options = run(schema, resolvePaths(given, directory), context, {below: 1});
        return (options as HttpSpec | undefined)?.[name];
      })
      .meta({...published?.[name]})
      .optional();
  return Object.fromEntries(httpWords.map(name => [name, word(name)]));
}

/** Unlike on the command line, a number is no text here. */
function textOption({value, help}: {readonly value: ConfigValue<string>; help(): string}) {
  return text(z, help(), value.example);
}

function preset(about: string) {
  return z
    .enum(presetNames as readonly [PresetName, ...PresetName[]])
    .optional()
    .meta({description: about});
}

function evidenceSchema(directory: string) {
  return z
    .strictObject({
      command: command(
        say`Runs before a restart, e.g. for a stack dump; its output is kept`,
        ['./dump.sh'],
        directory,
      ).optional(),
      timeout: leaf(z, say`How long the command may take`, duration(10, '5s')).optional(),
      log: text(
        z,
        say`The log of the service; its last lines are kept`,
        '/var/log/web.log',
      ).optional(),
    })
    .meta({description: say`What is gathered before a restart`});
}

function drillSchema(directory: string) {
  const own = (about: string) =>
    z
      .union([z.literal(true), command(about, ['./break.sh'], directory)], {
        error: inIssue(message`expected true, or a command as a list of words, e.g. [./break.sh]`),
      })
      .optional()
      .meta({description: about});
  const other = (about: string) => command(about, ['./break.sh'], directory).optional();
  return z
    .strictObject({
      crash: own(say`Makes it crash; true: SIGKILL`),
      hang: own(say`Makes it hang; true: SIGSTOP`),
      error: other(say`Makes it answer with errors`),
      slow: other(say`Makes it slow`),
      mend: other(say`Ends what the others began, if a restart does not`),
    })
    .meta({description: say`How a drill may break it; a drill does only what is set here`});
}

function command(about: string, example: readonly string[], directory: string) {
  return argv(z, about, example).transform(words =>
    words.map(word => resolveWord(word, directory)),
  );
}
