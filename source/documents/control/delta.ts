import {isRecord} from '../../format/json.ts';

/**
 * The change of a value, as another value. Values share unchanged parts, so that comparing references finds a change and
 * costs only as much as the change: a list that grew at its end and lost its front is encoded as just that.
 */

/** `=`: another value. `{`: changed members, `-`: removed members. `[`: the number removed at the front, those added at the end, and the changed ones between. */
export type Delta =
  | {readonly '=': unknown}
  | {readonly '{'?: Readonly<Record<string, Delta>>; readonly '-'?: readonly string[]}
  | {
      readonly '[': readonly [
        dropped: number,
        added: readonly unknown[],
        changed: Readonly<Record<string, Delta>>,
      ];
    };

/** The change from `before` to `after`; undefined without one. */
export function difference(before: unknown, after: unknown): Delta | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(before, after);
  if (isRecord(before) && isRecord(after)) return memberDifference(before, after);
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
  // Only objects can be recognised further on.
  const first = isRecord(after[0]) ? before.indexOf(after[0]) : 0;
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

/** The result of applying a change that does not fit its value. */
export const MISFIT = Symbol('misfit');

/** Applies the change to `before`; unchanged parts stay the same objects. `delta` may be anything: it comes from outside. */
export function applied(before: unknown, delta: unknown): unknown {
  if (!isRecord(delta)) return MISFIT;
  if (Object.hasOwn(delta, '=')) return delta['='];
  return Object.hasOwn(delta, '[')
    ? appliedToList(before, delta['['])
    : appliedToMembers(before, delta['{'] ?? {}, delta['-'] ?? []);
}

function appliedToList(before: unknown, change: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(change)) return MISFIT;
  const [dropped, added, changed] = change as readonly unknown[];
  if (!isIndex(dropped, before.length + 1) || !Array.isArray(added) || !isRecord(changed))
    return MISFIT;
  const kept: unknown[] = before.slice(dropped);
  for (const [key, delta] of Object.entries(changed)) {
    const index = Number(key);
    if (!isIndex(index, kept.length)) return MISFIT;
    const value = applied(kept[index], delta);
    if (value === MISFIT) return MISFIT;
    kept[index] = value;
  }
  return [...kept, ...(added as readonly unknown[])];
}

function isIndex(value: unknown, length: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < length;
}

function appliedToMembers(before: unknown, changed: unknown, gone: unknown): unknown {
  if (!isRecord(before) || !isRecord(changed) || !Array.isArray(gone)) return MISFIT;
  const next: Record<string, unknown> = {...before};
  for (const [key, delta] of Object.entries(changed)) {
    const value = applied(next[key], delta);
    if (value === MISFIT) return MISFIT;
    next[key] = value;
  }
  for (const key of gone as readonly unknown[]) delete next[String(key)];
  return next;
}
