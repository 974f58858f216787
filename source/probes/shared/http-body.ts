import type {FieldExpectation} from '../../contracts/probe.ts';
import type {Failure, ProbeName} from '../../core/model/fault.ts';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {failingParts} from './failing-parts.ts';

interface Body {
  readonly body: string;
  readonly truncated: boolean;
}

/** The name of the asking probe and the form of its request: each message about the answer begins with both. */
export interface Asker {
  readonly probe: ProbeName;
  readonly request: string;
}

/** Compares a JSON body with the expectation; undefined when it matches, or without one. */
export function judgeBody(
  {body, truncated}: Body,
  expect: readonly FieldExpectation[],
  {probe, request}: Asker,
): Failure | undefined {
  if (expect.length === 0) return undefined;
  if (truncated)
    return {
      probe,
      kind: 'response_too_large',
      text: say`${request}: the body is larger than ${Buffer.byteLength(body)} bytes, too large to be checked`,
    };
  const parsed = parse(body);
  if (parsed.kind === 'no-json')
    return {
      probe,
      kind: 'body_invalid',
      text: say`${request}: the body is not JSON, ${shownStart(body)}`,
    };
  const missed = expect.find(
    expectation => !holds(valueAt(parsed.value, expectation.path), expectation),
  );
  if (!missed) return undefined;
  const {path: field} = missed;
  const [wanted, got] = [sanitize(wantedOf(missed), 80), told(valueAt(parsed.value, field))];
  const {blame, components} = failingParts(parsed.value);
  return {
    probe,
    kind: 'body_unexpected',
    field,
    wanted,
    got,
    text: say`${request}: ${sanitize(field, 80)} is ${got}, wanted ${wanted}${blame}`,
    ...(components.length > 0 ? {components} : {}),
  };
}

/** The parts of the service that a body blames, whatever the status; none without JSON. */
export function blameOf(body: string): ReturnType<typeof failingParts> {
  const parsed = parse(body);
  return failingParts(parsed.kind === 'json' ? parsed.value : undefined);
}

function parse(
  body: string,
): {readonly kind: 'json'; readonly value: unknown} | {readonly kind: 'no-json'} {
  try {
    return {kind: 'json', value: JSON.parse(body) as unknown};
  } catch (error) {
    if (error instanceof SyntaxError) return {kind: 'no-json'};
    throw error;
  }
}

/** Marks the cut, which tells that a secret there may be incomplete. */
export function startOf(body: string, length: number): string {
  return body.length > length ? `${body.slice(0, length)}…` : body;
}

function shownStart(body: string): string {
  const start = sanitize(startOf(body, 200), 40);
  return start === '' ? say`it is empty` : say`it starts with ${start}`;
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
function isSame(found: unknown, wanted: Scalar): boolean {
  return isScalar(found) && String(found) === String(wanted);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function wantedOf({equals, oneOf, min, max, contains}: FieldExpectation): string {
  const range =
    min !== undefined && max !== undefined
      ? say`${min} to ${max}`
      : min !== undefined
        ? say`at least ${min}`
        : max !== undefined
          ? say`at most ${max}`
          : undefined;
  const parts = [
    equals === undefined ? undefined : String(equals),
    oneOf?.join(say` or `),
    range,
    contains === undefined ? undefined : say`something with ${contains}`,
  ];
  return parts.filter(part => part !== undefined).join(say` and `);
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

function told(value: unknown): string {
  return value === undefined
    ? say`missing`
    : sanitize(typeof value === 'string' ? value : JSON.stringify(value), 80);
}
