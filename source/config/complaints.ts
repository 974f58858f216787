import type {Text} from '../core/model/text.ts';
import type {ZodType} from 'zod';
import {message, joined} from '../core/text/message.ts';
import {sanitize, sanitizeText} from '../format/sanitize.ts';
import {given, notAllowed, unknownKey} from './given-text.ts';
import {inWords, type ComplaintList, type Wording, type Words} from './file/complaint-list.ts';
import type {Path} from './problem.ts';
import {textOfIssue} from '../format/issue-text.ts';

/** Validates a value by a schema; adds every fault to `list`, its path below `at`. They show only the content of `written`, which has names in place of secrets. Undefined for a faulty value. */
export function judge<T>(
  schema: ZodType<T>,
  {value, written, at = []}: Roots & {readonly at?: Path},
  list: ComplaintList,
): T | undefined {
  const result = schema.safeParse(value);
  const hidden = [...hiddenFaults(value)];
  if (result.success && hidden.length === 0) return result.data;
  for (const issue of (result.error?.issues ?? []) as readonly Issue[]) {
    if (list.isFull()) break;
    for (const wording of wordingsOf(issue, {value, written}))
      list.add({...wording, path: [...at, ...wording.path]});
  }
  for (const {path, ...rest} of hidden) list.add({...rest, path: [...at, ...path]});
  return undefined;
}

const PROTOTYPE = '__proto__';

/** What schemas do not look for: a key that they skip without a word, and a character that ends a text in the system. */
function* hiddenFaults(value: unknown, path: Path = []): Generator<Wording> {
  if (typeof value === 'string' && value.includes('\0')) yield inWords(path, () => nulText);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value) as ReadonlyArray<[string, unknown]>) {
    if (key === PROTOTYPE) yield inWords(path, () => unknownKey(PROTOTYPE, []), PROTOTYPE);
    if (key.includes('\0')) yield inWords(path, () => nulText, key);
    yield* hiddenFaults(each, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

const nulText = message`has a NUL character; remove it`;

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

/**
 * A message of agent2's own schemas: the `expected` values (with `said`, the whole message for a value that may be shown), or a `text` without
 * the value. `key` names a faulty key.
 */
export type OwnWords =
  | {readonly expected: Text; readonly said?: Text; readonly whole?: true}
  | {readonly text: Text; readonly key?: string};

function wordingsOf(issue: Issue, roots: Roots): readonly Wording[] {
  const {code, path, keys = [], message: carried} = issue;
  if (code === 'unrecognized_keys') {
    const known = carried.startsWith(KNOWN_KEYS) ? carried.split(' ').slice(2) : [];
    return keys.map(key => inWords(path, () => unknownKey(key, known), key));
  }
  if (code === 'invalid_union' && expectationOf(issue) === undefined) return ofUnion(issue, roots);
  const own = issue.params?.['own'] as OwnWords | undefined;
  const key = own && 'text' in own ? own.key : undefined;
  return [
    {
      path,
      ...(key === undefined ? {} : {key}),
      words: () => wordsOf(issue, roots),
    },
  ];
}

/** What the message of an issue expects, where it is one of agent2's own. */
function expectationOf({code, message: carried}: Issue): Text | undefined {
  return code === 'custom' ? undefined : expectationIn(textOfIssue(carried));
}

function wordsOf(issue: Issue, roots: Roots): Words {
  const {code, path} = issue;
  const input = valueAt(roots.value, path);
  const written = valueAt(roots.written, path);
  const expectation = expectationOf(issue);
  if (expectation !== undefined) return {text: message`${shown(input, written)}; ${expectation}`};
  switch (code) {
    case 'invalid_type':
      return {
        text: message`${shown(input, written)}; ${expectedBy(issue)}${quotingHint(issue, written)}`,
      };
    case 'invalid_value':
      return {text: notAllowed(written, (issue.values ?? []).map(String))};
    case 'too_small':
    case 'too_big':
      return {text: message`${shown(input, written)}; ${limits(issue)}`};
    default:
      return customWords(issue, input, written);
  }
}

function customWords({params, message: carried}: Issue, input: unknown, written: unknown): Words {
  const own = params?.['own'] as OwnWords | undefined;
  if (!own) return ofKind(textOfIssue(carried), input, written);
  if ('text' in own) return {text: own.text};
  const {expected, said, whole} = own;
  return said !== undefined && input === written
    ? {text: said, ...(whole ? {whole} : {})}
    : {text: message`${shown(input, written)}; ${expected}`};
}

/** A kind of check or fix has its own words, which may show the value. */
function ofKind(text: Text, input: unknown, written: unknown): Words {
  if (JSON.stringify(input) === JSON.stringify(written))
    return {text: sanitizeText(text, 300), whole: true};
  const expectation = expectationIn(text) ?? message`its value cannot be used`;
  return {text: message`${shown(input, written)}; ${expectation}`};
}

/** The part of a message after the given value, which begins with "expected"; undefined without one. */
function expectationIn(text: Text): Text | undefined {
  if (typeof text === 'string') return undefined;
  if ('parts' in text)
    return text.parts.map(expectationIn).find(expectation => expectation !== undefined);
  return text.key.startsWith('expected ') ? sanitizeText(text, 300) : undefined;
}

function shown(input: unknown, written: unknown): Text {
  return typeof input === 'string' && typeof written === 'object' && written !== null
    ? message`is the content of its file`
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

const TYPES: Readonly<Record<string, Text>> = {
  string: message`a text`,
  number: message`a number`,
  int: message`a whole number`,
  boolean: message`true or false`,
  array: message`a list`,
  tuple: message`a list`,
  object: message`a mapping`,
  record: message`a mapping`,
};

function typeName(expected: string): Text {
  return TYPES[expected] ?? expected;
}

function expectedBy({expected = '', values}: Issue): Text {
  return values
    ? joined(values.map(String), message` or `)
    : message`expected ${typeName(expected)}`;
}

function quotingHint({expected}: Issue, input: unknown): Text {
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean'))
    return message`: put it in quotes: '${String(input)}'`;
  if ((expected === 'array' || expected === 'tuple') && typeof input === 'string' && input !== '')
    return message`, one list item for each word: [${sanitize(input, 80).split(' ').join(', ')}]`;
  if (
    (expected === 'number' || expected === 'int') &&
    typeof input === 'string' &&
    /^-?\d+(\.\d+)?$/.test(input)
  )
    return message`: write it without quotes: ${input}`;
  return '';
}

function limits({code, origin, minimum, maximum}: Issue): Text {
  const bound =
    code === 'too_small'
      ? message`at least ${String(minimum)}`
      : message`at most ${String(maximum)}`;
  if (origin === 'string')
    return minimum === 1
      ? message`expected a text that is not empty`
      : message`expected ${bound} characters`;
  if (origin === 'array')
    return minimum === 1
      ? message`expected a list that is not empty`
      : message`expected ${bound} items`;
  return message`expected ${bound}`;
}

/** Of several shapes the nearest is the likeliest. */
function ofUnion({path, errors = [], message: carried}: Issue, roots: Roots): readonly Wording[] {
  const written = valueAt(roots.written, path);
  const branches = errors.filter(branch => branch.length > 0);
  if (branches.length === 0)
    return [{path, words: () => ({text: sanitizeText(textOfIssue(carried), 200), whole: true})}];
  const here = branches.flatMap(branch =>
    branch.filter(issue => issue.path.length === 0 && issue.code === 'invalid_type'),
  );
  if (here.length === branches.length)
    return [
      inWords(
        path,
        () =>
          message`${shown(valueAt(roots.value, path), written)}; expected ${joined([...new Set(here.map(({expected = ''}) => expected))].map(typeName), message` or `)}`,
      ),
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
  return nearest.flatMap(issue => wordingsOf({...issue, path: [...path, ...issue.path]}, roots));
}
