import type {RefinementCtx as Context, z as Zod, ZodType} from 'zod';
import {causesOnRequest} from '../core/causes.ts';
import type {Cause} from '../core/model/cause.ts';
import {message} from '../core/text/message.ts';
import {definedOnly} from '../format/defined-only.ts';
import type {OwnWords} from './complaints.ts';
import {notAllowed, unknownKey} from './given-text.ts';
import type {Kinds} from './kinds.ts';
import {joined, type Json} from './json-schema.ts';
import {leaf, name} from './leaves.ts';
import {resolvePaths} from './resolve-paths.ts';
import {duration} from './options/values.ts';
import {say} from '../core/text/say.ts';

/** Checks and fixes: the files in `probes/` and `fixes/` define the kinds and their options. */

type Z = typeof Zod;

export interface CheckEntry {
  readonly name?: string;
  readonly advisory: boolean;
  readonly kind: string;
  readonly options: unknown;
}

export interface FixEntry {
  readonly use: string;
  readonly options: unknown;
  readonly notFor: readonly string[];
  readonly healFor?: readonly Cause[];
  readonly stopTimeout?: number;
}

/** `{name?, advisory?, KIND: options}`. */
export function checkSchema(z: Z, {probes}: Kinds, directory: string): ZodType<CheckEntry> {
  const words = Object.keys(probes);
  const common = z.strictObject({
    name: name(
      z,
      say`The name of the check; that of its kind by default`,
      'certificate',
    ).optional(),
    advisory: z
      .boolean()
      .optional()
      .meta({description: say`An advisory check warns and never leads to a fix`}),
  });
  const kinds = optionSchemas(z, probes);
  const json: Json = {
    description: say`One more check: its kind, and its options`,
    anyOf: words.map(word =>
      joined(
        z.toJSONSchema(common, {io: 'input'}),
        {
          type: 'object',
          properties: {[word]: jsonOf(z, kinds[word])},
          required: [word],
          additionalProperties: false,
        },
        probes[word]?.summary,
      ),
    ),
  };
  return z
    .unknown()
    .transform((value, context): CheckEntry => {
      if (!isMapping(value))
        return refuse(z, context, {
          expected: message`expected a mapping with one of ${words.join(', ')}`,
        });
      const {name, advisory, ...rest} = value;
      const [kind, second] = Object.keys(rest).filter(key => words.includes(key));
      const unknown = Object.keys(rest).filter(key => !words.includes(key));
      for (const key of unknown)
        refuse(z, context, {key, text: unknownKey(key, [...words, 'name', 'advisory'])});
      if (second !== undefined)
        refuse(z, context, {
          key: second,
          text: message`has two kinds, ${String(kind)} and ${second}; begin another check with - ${second}:`,
        });
      if (kind === undefined && unknown.length === 0)
        refuse(z, context, {
          text: message`has no kind of check; expected one of ${words.join(', ')}`,
        });
      const beside = run(common, definedOnly({name, advisory}), context);
      if (kind === undefined) return z.NEVER;
      const options = run(kinds[kind], resolvePaths(rest[kind], directory), context, {
        prefix: [kind],
      });
      return {name: beside?.name, advisory: beside?.advisory ?? false, kind, options};
    })
    .meta(json);
}

/** `{use: KIND, notFor?, for?, stopTimeout?, options …}`, or the word of the kind alone. */
export function fixSchema(z: Z, {fixes}: Kinds, directory: string): ZodType<FixEntry> {
  const words = Object.keys(fixes);
  const common = z.strictObject({
    notFor: z
      .array(z.string().min(1))
      .optional()
      .meta({
        description: say`Components and checks that a restart does not fix: if only they fail, nothing is restarted`,
        examples: [['database']],
      }),
    for: z
      .array(z.enum(causesOnRequest))
      .optional()
      .meta({
        description: say`Causes that agent2 otherwise does not heal, or only once, since a restart rarely mends them`,
        examples: [['refused']],
      }),
    stopTimeout: leaf(
      z,
      say`How long a process may take to end after SIGTERM`,
      duration(0, '10s'),
    ).optional(),
  });
  const kinds = optionSchemas(z, fixes);
  const json: Json = {
    description: say`How it is restarted; none observes only`,
    anyOf: [
      {enum: words, description: say`A kind without options`},
      ...words.map(word =>
        joined(
          {
            type: 'object',
            properties: {use: {const: word}},
            required: ['use'],
            additionalProperties: false,
          },
          joined(jsonOf(z, kinds[word]), z.toJSONSchema(common, {io: 'input'})),
          fixes[word]?.summary,
        ),
      ),
    ],
  };
  const beside = ['use', ...Object.keys(common.shape)];
  return z
    .unknown()
    .transform((value, context): FixEntry => {
      const given = typeof value === 'string' ? {use: value} : value;
      if (!isMapping(given))
        return refuse(z, context, {
          expected: message`expected a mapping, e.g. {use: command, restart: [systemctl, restart, web]}, or none`,
        });
      const {use, notFor, for: healFor, stopTimeout, ...rest} = given;
      if (typeof use !== 'string' || !Object.hasOwn(kinds, use)) {
        return refuse(
          z,
          context,
          {expected: message`allowed: ${words.join(', ')}`, said: notAllowed(use, words)},
          typeof value === 'string' ? [] : ['use'],
        );
      }
      // Resolves paths again, since a command given as one text has words only now.
      const options = resolvePaths(
        run(kinds[use], resolvePaths(rest, directory), context, {beside}),
        directory,
      );
      const shared = run(common, definedOnly({notFor, for: healFor, stopTimeout}), context);
      return {
        use,
        options,
        notFor: shared?.notFor ?? [],
        healFor: shared?.for,
        stopTimeout: shared?.stopTimeout,
      };
    })
    .meta(json);
}

function optionSchemas(
  z: Z,
  kinds: Readonly<Record<string, {options(z: Z): ZodType}>>,
): Readonly<Record<string, ZodType>> {
  return Object.fromEntries(
    Object.entries(kinds).map(([word, definition]) => [word, definition.options(z)]),
  );
}

function jsonOf(z: Z, schema: ZodType | undefined): Json {
  if (!schema) return {};
  const {$schema: _, ...json} = z.toJSONSchema(schema, {io: 'input', unrepresentable: 'any'});
  return json;
}

/** Embeds the schema of a part in another: fault paths begin with `prefix`, or lie `below` so many absent keys; keys `beside` the part are known too. */
interface Placing {
  readonly prefix?: readonly string[];
  readonly below?: number;
  readonly beside?: readonly string[];
}

/** Parses a part by its own schema, and reports its faults as parts of the whole. */
export function run<T>(
  schema: ZodType<T> | undefined,
  value: unknown,
  context: Context,
  {prefix = [], below = 0, beside = []}: Placing = {},
): T | undefined {
  const result = schema?.safeParse(value);
  if (!result || result.success) return result?.data;
  for (const issue of result.error.issues) {
    const message =
      issue.code === 'unrecognized_keys' && issue.path.length === 0
        ? [issue.message, ...beside].join(' ')
        : issue.message;
    context.addIssue({
      ...issue,
      message,
      path: [...prefix, ...issue.path.slice(below)],
    });
  }
  return undefined;
}

function refuse(z: Z, context: Context, own: OwnWords, path: readonly string[] = []): never {
  context.addIssue({code: 'custom', path: [...path], params: {own}});
  return z.NEVER;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
