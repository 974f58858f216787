import type {Fault} from '../../core/fault.ts';
import {sanitize} from '../../format/sanitize.ts';

export type Expectations = Readonly<Record<string, string | number | boolean>>;

interface Body {
  readonly body: string;
  readonly truncated: boolean;
}

/** Whether a JSON body says what is expected of it; undefined when it does, or when nothing is. `request` begins the text. */
export function judgeBody({body, truncated}: Body, expect: Expectations, request: string): Fault | undefined {
  const fields = Object.entries(expect);
  if (fields.length === 0) return undefined;
  if (truncated) return {probe: 'api', kind: 'response_too_large', text: `${request}: the body is larger than ${Buffer.byteLength(body)} bytes, too large to be checked`};
  const parsed = parse(body);
  if (parsed.kind === 'no-json') return {probe: 'api', kind: 'body_invalid', text: `${request}: the body is not JSON, ${startOf(body)}`};
  for (const [field, value] of fields) {
    const found = at(parsed.value, field);
    const [wanted, got] = [sanitize(String(value), 80), told(found)];
    if (found !== undefined && typeof found !== 'object' && String(found) === String(value)) continue;
    const failing = failingComponents(parsed.value);
    const blame = failing.length > 0 ? `; failing: ${failing.join(', ')}` : '';
    return {probe: 'api', kind: 'body_unexpected', field, wanted, got, text: `${request}: ${field} is ${got}, wanted ${wanted}${blame}`};
  }
  return undefined;
}

function parse(body: string): {readonly kind: 'json'; readonly value: unknown} | {readonly kind: 'no-json'} {
  try {
    return {kind: 'json', value: JSON.parse(body) as unknown};
  } catch (error) {
    if (error instanceof SyntaxError) return {kind: 'no-json'};
    throw error;
  }
}

function startOf(body: string): string {
  const start = sanitize(body.slice(0, 200), 40);
  return start === '' ? 'it is empty' : `it starts with ${start}`;
}

/** The value at a path of own fields; a field whose own name has dots in it is found too. */
function at(value: unknown, path: string): unknown {
  if (!isRecord(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(value, head)) return at(value[head], path.slice(dot + 1));
  }
  return undefined;
}

function told(value: unknown): string {
  return value === undefined ? 'missing' : sanitize(typeof value === 'object' ? JSON.stringify(value) : String(value), 80);
}

const GROUPS = ['components', 'checks', 'services', 'dependencies', 'details'];
const STATES = ['status', 'state', 'health', 'healthy', 'ok'];
const GOOD = new Set(['ok', 'up', 'pass', 'passing', 'healthy', 'green', 'alive', 'running', 'ready', 'success', 'true']);
const MOST_NAMED = 5;

/** The parts that a health body (Spring, health+json, ASP.NET and their like) says are not well: `database (down)`. */
function failingComponents(body: unknown): readonly string[] {
  if (!isRecord(body)) return [];
  const groups = GROUPS.flatMap(name => (Object.hasOwn(body, name) ? [body[name]] : []));
  return groups.flatMap(members).flatMap(([name, part]) => {
    const state = stateOf(part);
    return state === undefined || GOOD.has(state.toLowerCase()) ? [] : [`${sanitize(name, 40)} (${sanitize(state, 40)})`];
  }).slice(0, MOST_NAMED);
}

function members(group: unknown): ReadonlyArray<readonly [string, unknown]> {
  if (Array.isArray(group)) return group.map((part, index) => [isRecord(part) && typeof part.name === 'string' ? part.name : String(index), part]);
  if (!isRecord(group)) return [];
  // health+json keeps a list under each name.
  return Object.entries(group).map(([name, part]) => [name, Array.isArray(part) ? (part as unknown[])[0] : part]);
}

function stateOf(part: unknown): string | undefined {
  if (typeof part === 'string' || typeof part === 'boolean') return String(part);
  if (!isRecord(part)) return undefined;
  const field = STATES.find(name => ['string', 'boolean'].includes(typeof part[name]));
  return field === undefined ? undefined : String(part[field]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
