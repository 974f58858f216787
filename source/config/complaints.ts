import type {ZodType} from 'zod';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {didYouMean} from './did-you-mean.ts';
import type {Complaint, Path} from './problem.ts';

export type Judgement<T> =
  | {readonly kind: 'good'; readonly value: T}
  | {readonly kind: 'bad'; readonly complaints: readonly Complaint[]};

/** Validates a value by a schema, and puts every fault into words. They show only the content of `written`, which has names in place of secrets. */
export function judge<T>(schema: ZodType<T>, value: unknown, written: unknown): Judgement<T> {
  const result = schema.safeParse(value);
  if (result.success) return {kind: 'good', value: result.data};
  return {
    kind: 'bad',
    complaints: (result.error.issues as readonly Issue[]).flatMap(issue =>
      complaintsOf(issue, {value, written}),
    ),
  };
}

interface Roots {
  readonly value: unknown;
  readonly written: unknown;
}

/** The parts of a zod issue that the words use. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly keys?: readonly string[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly errors?: ReadonlyArray<readonly Issue[]>;
  readonly params?: Readonly<Record<string, unknown>>;
}

const KNOWN_KEYS = 'known keys:';

/** For `z.config`: the message of an unknown key lists the known ones, since only then is the schema at hand. */
export function nameKnownKeys({
  code,
  inst,
}: {
  readonly code?: string;
  readonly inst?: unknown;
}): string | undefined {
  if (code !== 'unrecognized_keys') return undefined;
  const {shape} = (inst as {readonly _zod: {readonly def: {readonly shape: object}}})._zod.def;
  return [KNOWN_KEYS, ...Object.keys(shape)].join(' ');
}

/** A message of agent2's schemas: what is `wanted` of a value (or the whole, `said`, for a value that may be shown), or a `text` that shows none. `key` is set for a faulty key. */
export type OwnWords =
  | {readonly wanted: string; readonly said?: string}
  | {readonly text: string; readonly key?: string};

function complaintsOf(issue: Issue, roots: Roots): readonly Complaint[] {
  const {code, path} = issue;
  const input = valueAt(roots.value, path);
  const written = valueAt(roots.written, path);
  const said = (text: string): readonly Complaint[] => [{path, text}];
  const wish = code === 'custom' ? undefined : wishOf(issue.message);
  if (wish !== undefined) return said(say`${shown(input, written)}; ${wish}`);
  switch (code) {
    case 'unrecognized_keys':
      return (issue.keys ?? []).map(key => ({
        path,
        key,
        text: unknownKey(
          key,
          issue.message.startsWith(KNOWN_KEYS) ? issue.message.split(' ').slice(2) : [],
        ),
      }));
    case 'invalid_type':
      return said(say`${shown(input, written)}; ${wanted(issue)}${quotingHint(issue, written)}`);
    case 'invalid_value':
      return said(notAllowed(written, (issue.values ?? []).map(String)));
    case 'too_small':
    case 'too_big':
      return said(say`${shown(input, written)}; ${limits(issue)}`);
    case 'invalid_union':
      return ofUnion(issue, roots);
    default:
      return [{path, ...wordsOf(issue, input, written)}];
  }
}

function wordsOf(
  {params, message}: Issue,
  input: unknown,
  written: unknown,
): {readonly text: string; readonly key?: string} {
  const own = params?.['own'] as OwnWords | undefined;
  if (!own) return {text: ofKind(message, input, written)};
  if ('text' in own) return own;
  return {
    text:
      own.said !== undefined && input === written
        ? own.said
        : say`${shown(input, written)}; ${own.wanted}`,
  };
}

/** A kind of check or fix has its own words, which may show the value. */
function ofKind(message: string, input: unknown, written: unknown): string {
  if (JSON.stringify(input) === JSON.stringify(written)) return say`: ${sanitize(message, 300)}`;
  return say`${shown(input, written)}; ${wishOf(message) ?? say`what it stands for cannot be used`}`;
}

/** The part of such words about the wanted value, without the given one. Every language begins it with fixed words, which `test/languages` verifies. */
function wishOf(message: string): string | undefined {
  const begins = `(?:${say`wanted is `}|${say`wanted are `})`;
  const found = new RegExp(`${begins}(?!.*${begins}).*$`, 's').exec(message)?.[0];
  return found === undefined ? undefined : sanitize(found, 300);
}

function shown(input: unknown, written: unknown): string {
  return typeof input === 'string' && typeof written === 'object' && written !== null
    ? say`is what its file holds`
    : given(written);
}

/** The value at a path of plain values; undefined without one. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(
    (each, part) =>
      typeof each === 'object' && each !== null && Object.hasOwn(each, part)
        ? (each as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );
}

/** `is 'sytemd'; allowed are child, command; did you mean child?` */
export function notAllowed(value: unknown, allowed: readonly string[]): string {
  const near = typeof value === 'string' ? didYouMean(value, allowed) : '';
  const list = allowed.join(', ');
  return allowed.length === 1
    ? say`${given(value)}; allowed is ${list}${near}`
    : say`${given(value)}; allowed are ${list}${near}`;
}

export function unknownKey(key: string, allowed: readonly string[]): string {
  const list =
    allowed.length === 0
      ? say`nothing more is allowed here`
      : say`allowed are ${allowed.join(', ')}`;
  return say`has no key ${sanitize(key, 60)}; ${list}${didYouMean(key, allowed)}`;
}

/** The value there, as a verb and its object: `is 'prd'`, `is missing`. */
function given(value: unknown): string {
  if (value === undefined) return say`is missing`;
  if (value === null) return say`is empty`;
  if (typeof value === 'string') return say`is '${sanitize(value, 80)}'`;
  if (Array.isArray(value)) return value.length === 0 ? say`is an empty list` : say`is a list`;
  return typeof value === 'object'
    ? say`is a mapping`
    : say`is ${JSON.stringify(value) ?? typeof value}`;
}

const TYPES: Readonly<Record<string, () => string>> = {
  string: () => say`a text`,
  number: () => say`a number`,
  int: () => say`a whole number`,
  boolean: () => say`true or false`,
  array: () => say`a list`,
  tuple: () => say`a list`,
  object: () => say`a mapping`,
  record: () => say`a mapping`,
};

function typeName(expected: string): string {
  return TYPES[expected]?.() ?? expected;
}

function wanted({expected = '', values}: Issue): string {
  return values ? values.map(String).join(say` or `) : say`wanted is ${typeName(expected)}`;
}

function quotingHint({expected}: Issue, input: unknown): string {
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean'))
    return say`: put it in quotes, '${String(input)}'`;
  if ((expected === 'array' || expected === 'tuple') && typeof input === 'string' && input !== '')
    return say`, its words one by one: [${sanitize(input, 80).split(' ').join(', ')}]`;
  if (
    (expected === 'number' || expected === 'int') &&
    typeof input === 'string' &&
    /^-?\d+(\.\d+)?$/.test(input)
  )
    return say`: write it without quotes, ${input}`;
  return '';
}

function limits({code, origin, minimum, maximum}: Issue): string {
  const bound =
    code === 'too_small' ? say`at least ${String(minimum)}` : say`at most ${String(maximum)}`;
  if (origin === 'string')
    return minimum === 1
      ? say`wanted is a text that is not empty`
      : say`wanted are ${bound} characters`;
  if (origin === 'array')
    return minimum === 1 ? say`wanted is a list that is not empty` : say`wanted are ${bound} items`;
  return say`wanted is ${bound}`;
}

/** Of several shapes the nearest is the likeliest. */
function ofUnion({path, errors = [], message}: Issue, roots: Roots): readonly Complaint[] {
  const written = valueAt(roots.written, path);
  const branches = errors.filter(branch => branch.length > 0);
  if (branches.length === 0) return [{path, text: say`: ${sanitize(message, 200)}`}];
  const here = branches.flatMap(branch =>
    branch.filter(issue => issue.path.length === 0 && issue.code === 'invalid_type'),
  );
  if (here.length === branches.length)
    return [
      {
        path,
        text: say`${shown(valueAt(roots.value, path), written)}; wanted is ${[...new Set(here.map(({expected = ''}) => typeName(expected)))].join(say` or `)}`,
      },
    ];
  const far = (branch: readonly Issue[]) =>
    branch.reduce(
      (sum, issue) =>
        sum +
        (issue.code === 'unrecognized_keys' ? (issue.keys?.length ?? 1) : 1) +
        (issue.path.length === 0 && issue.code === 'invalid_type' ? 10 : 0),
      0,
    );
  const nearest = [...branches].sort((a, b) => far(a) - far(b))[0] ?? [];
  return nearest.flatMap(issue => complaintsOf({...issue, path: [...path, ...issue.path]}, roots));
}
