/**
 * A value as text, and what changed in it as text. Values share what did not change, so that a change is found by comparing references and
 * costs only what changed: a list that grew at its end and lost at its front is told as just that.
 */

export function valueText(value: unknown): string {
  return JSON.stringify(value, plain);
}

export function valueFrom(text: string): unknown {
  return JSON.parse(text, revived) as unknown;
}

/** What makes `after` out of `before`; undefined when nothing changed. */
export function deltaText(before: unknown, after: unknown): string | undefined {
  const delta = difference(before, after);
  return delta === undefined ? undefined : JSON.stringify(delta, plain);
}

/** `before` with the change; what did not change stays the same object. */
export function withDelta(before: unknown, text: string): unknown {
  return applied(before, JSON.parse(text, revived) as Delta);
}

/** `=`: another value. `{`: members that changed, `-`: members that went. `[`: so many elements went at the front, these came at the end, and these in between changed. */
type Delta =
  | {readonly '=': unknown}
  | {readonly '{'?: Readonly<Record<string, Delta>>; readonly '-'?: readonly string[]}
  | {
      readonly '[': readonly [
        dropped: number,
        added: readonly unknown[],
        changed: Readonly<Record<string, Delta>>,
      ];
    };

function difference(before: unknown, after: unknown): Delta | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(before, after);
  if (isObject(before) && isObject(after)) return memberDifference(before, after);
  return {'=': after};
}

function memberDifference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Delta | undefined {
  const changed: Record<string, Delta> = {};
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const delta = difference(before[key], value);
    if (delta) changed[key] = delta;
  }
  const gone = Object.keys(before).filter(
    key => before[key] !== undefined && after[key] === undefined,
  );
  const some = Object.keys(changed).length > 0;
  if (!some && gone.length === 0) return undefined;
  return {...(some ? {'{': changed} : {}), ...(gone.length > 0 ? {'-': gone} : {})};
}

function listDifference(before: readonly unknown[], after: readonly unknown[]): Delta | undefined {
  if (after.length === 0) return before.length === 0 ? undefined : {'=': after};
  // Only what is an object can be recognised further on.
  const first = isObject(after[0]) ? before.indexOf(after[0]) : 0;
  const dropped = first < 0 ? 0 : first;
  const kept = Math.min(before.length - dropped, after.length);
  if (kept + dropped < before.length) return {'=': after};
  const changed: Record<string, Delta> = {};
  for (let index = 0; index < kept; index++) {
    const delta = difference(before[index + dropped], after[index]);
    if (delta) changed[index] = delta;
  }
  const added = after.slice(kept);
  if (dropped === 0 && added.length === 0 && Object.keys(changed).length === 0) return undefined;
  return {'[': [dropped, added, changed]};
}

function applied(before: unknown, delta: Delta): unknown {
  if ('=' in delta) return delta['='];
  if ('[' in delta) {
    const [dropped, added, changed] = delta['['];
    const kept = (before as readonly unknown[]).slice(dropped);
    for (const [index, change] of Object.entries(changed))
      kept[Number(index)] = applied(kept[Number(index)], change);
    return [...kept, ...added];
  }
  const next: Record<string, unknown> = {...(before as Record<string, unknown>)};
  for (const [key, change] of Object.entries(delta['{'] ?? {}))
    next[key] = applied(next[key], change);
  for (const key of delta['-'] ?? []) delete next[key];
  return next;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON has no infinity, and what never comes is one. No text of the state begins like this: all of it is free of control characters. */
const INFINITY = '\u0000∞';

function plain(_: string, value: unknown): unknown {
  if (value === Infinity) return INFINITY;
  return value === -Infinity ? `-${INFINITY}` : value;
}

function revived(_: string, value: unknown): unknown {
  if (value === INFINITY) return Infinity;
  return value === `-${INFINITY}` ? -Infinity : value;
}
