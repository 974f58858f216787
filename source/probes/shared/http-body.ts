import type {Text} from '../../core/model/text.ts';
import type {FieldExpectation} from '../../contracts/probe.ts';
import type {Failure, ProbeName} from '../../core/model/fault.ts';
import {message, joined} from '../../core/text/message.ts';
import {MOST_LEVELS, readJson} from '../../format/json.ts';
import {sanitize, sanitizeText} from '../../format/sanitize.ts';
import {dependencyOf} from '../../core/check/dependency-names.ts';
import {blameText, failingParts, isGoodState} from './failing-parts.ts';
import {failingWords} from './failing-words.ts';

interface Body {
  readonly body: string;
  readonly truncated: boolean;
}

/** The name of the asking probe and the form of its request: each message about the answer begins with both. */
export interface Asker {
  readonly probe: ProbeName;
  readonly request: Text;
}

/** Compares a JSON body with the expectation; undefined when it matches, or without one. */
export function judgeBody(
  {body, truncated}: Body,
  expect: readonly FieldExpectation[],
  {probe, request}: Asker,
): Failure | undefined {
  if (expect.length === 0) return undefined;
  if (truncated) return tooLarge(body, {probe, request});
  const parsed = readJson(body);
  if (parsed.kind === 'too-deep')
    return {
      probe,
      kind: 'body_invalid',
      text: message`${request}: the body is nested deeper than ${MOST_LEVELS} levels, ${shownStart(body)}`,
    };
  if (parsed.kind === 'no-json') {
    const {blame, ...blamed} = blameOf(body);
    return {
      probe,
      kind: 'body_invalid',
      text: message`${request}: the body is not JSON, ${shownStart(body)}${blame}`,
      ...blamed,
    };
  }
  const missed = expect.find(
    expectation => !holds(valueAt(parsed.value, expectation.path), expectation),
  );
  if (!missed) return undefined;
  const {path: field} = missed;
  const found = valueAt(parsed.value, field);
  const [expected, got] = [sanitizeText(expectedOf(missed), 80), shownValue(found)];
  const {blame, ...blamed} = blameOf(body);
  return {
    probe,
    kind: 'body_unexpected',
    field,
    wanted: expected,
    got,
    text: message`${request}: ${sanitize(field, 80)} is ${got}, expected ${expected}${blame}`,
    ...(blamed.components === undefined && isOtherForm(found, missed) ? {mismatch: true} : {}),
    ...blamed,
  };
}

/** The body has no such field, or another kind of value in it, or says in another word that all is well. */
function isOtherForm(found: unknown, {equals, oneOf, contains}: FieldExpectation): boolean {
  if (contains !== undefined && Array.isArray(found)) return false;
  if (!isScalar(found)) return true;
  return isGoodWord(found) && [equals, ...(oneOf ?? [])].some(isGoodWord);
}

function isGoodWord(value: unknown): boolean {
  return typeof value === 'string' && isGoodState(value);
}

/** Looks for a text in the body, which need not be JSON, as whole words: `Unhealthy` is not `healthy`. Undefined when it is there, or none is wanted. */
export function judgeText(
  {body, truncated}: Body,
  wanted: string | undefined,
  {probe, request}: Asker,
): Failure | undefined {
  if (wanted === undefined || hasWords(body, wanted)) return undefined;
  if (truncated) return tooLarge(body, {probe, request});
  const {blame, ...blamed} = blameOf(body);
  const [text, got] = [sanitize(wanted, 80), shownStart(body)];
  return {
    probe,
    kind: 'body_unexpected',
    field: 'text',
    wanted: text,
    got,
    text: message`${request}: the body does not contain ${text}, ${got}${blame}`,
    ...(isGoodWord(body.trim()) ? {mismatch: true} : {}),
    ...blamed,
  };
}

function hasWords(body: string, wanted: string): boolean {
  for (let at = body.indexOf(wanted); at >= 0; at = body.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const begins = !isWord(body[at - 1]) || !isWord(wanted[0]);
    const ends = !isWord(body[end]) || !isWord(wanted.at(-1));
    if (begins && ends) return true;
  }
  return false;
}

function isWord(character = ''): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character);
}

function tooLarge(body: string, {probe, request}: Asker): Failure {
  return {
    probe,
    kind: 'response_too_large',
    text: message`${request}: the body is larger than ${Buffer.byteLength(body)} bytes, too large to be checked`,
  };
}

/** What a body blames, whatever the status: failing parts by name, the same as the end of a sentence, and the family of dependencies that all of them belong to. */
export function blameOf(body: string): Pick<Failure, 'components' | 'dependency'> & {
  readonly blame: Text;
} {
  const parsed = readJson(body);
  const listed = parsed.kind === 'json' ? failingParts(parsed.value) : [];
  const parts = listed.length > 0 ? listed : failingWords(body);
  const families = new Set(parts.map(({name}) => dependencyOf(name)));
  const [dependency] = families;
  return {
    blame: blameText(parts),
    ...(parts.length > 0 ? {components: parts.map(({name}) => name)} : {}),
    ...(dependency !== undefined && !families.has(undefined) ? {dependency} : {}),
  };
}

/** The start of a body. Marks a cut, because a secret there may be incomplete and so not recognised. */
export function startOf(body: string, length: number): string {
  return body.length > length ? `${body.slice(0, length)}…` : body;
}

function shownStart(body: string): Text {
  const start = sanitize(startOf(body, 200), 40);
  return start === '' ? message`it is empty` : message`it starts with ${start}`;
}

type Scalar = string | number | boolean | null;

function holds(found: unknown, {equals, oneOf, min, max, contains}: FieldExpectation): boolean {
  if (equals !== undefined && !isSame(found, equals)) return false;
  if (oneOf !== undefined && !oneOf.some(value => isSame(found, value))) return false;
  if (
    (min !== undefined || max !== undefined) &&
    !(typeof found === 'number' && found >= (min ?? -Infinity) && found <= (max ?? Infinity))
  )
    return false;
  if (contains === undefined) return true;
  return Array.isArray(found)
    ? found.some(member => isSame(member, contains))
    : typeof found === 'string' && found.includes(contains);
}

/** Compares as text: a command line has only text, and `1` in a config file also means `"1"` in a body. */
function isSame(found: unknown, expected: Scalar): boolean {
  return isScalar(found) && String(found) === String(expected);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function expectedOf({equals, oneOf, min, max, contains}: FieldExpectation): Text {
  const range =
    min !== undefined && max !== undefined
      ? message`${min} to ${max}`
      : min !== undefined
        ? message`at least ${min}`
        : max !== undefined
          ? message`at most ${max}`
          : undefined;
  const parts = [
    equals === undefined ? undefined : String(equals),
    oneOf && joined(oneOf.map(String), message` or `),
    range,
    contains === undefined ? undefined : message`something with ${contains}`,
  ];
  return joined(parts, message` and `);
}

/** The value at a path of own fields and list indexes; also finds a field with dots in its name. */
function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (hasField(value, path)) return value[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (hasField(value, head)) return valueAt(value[head], path.slice(dot + 1));
  }
  return undefined;
}

function hasField(value: object, name: string): value is Record<string, unknown> {
  return Object.hasOwn(value, name) && (!Array.isArray(value) || /^\d+$/.test(name));
}

function shownValue(value: unknown): Text {
  return value === undefined
    ? message`missing`
    : sanitize(typeof value === 'string' ? value : JSON.stringify(value), 80);
}
