import type {Text} from '../../core/model/text.ts';
import {message, joined} from '../../core/text/message.ts';
import {isRecord} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import {dependencyOf} from '../../core/check/dependency-names.ts';
import {
  BAD,
  DOTNET_STATES,
  ENVELOPES,
  FAILING_GROUPS,
  GOOD,
  GROUPS,
  KINDS,
  MILD,
  NAMES,
  NOT_PARTS,
  STATES,
  SUMS,
  TROUBLE,
} from './health-words.ts';

/** A part of the service that its health body calls unhealthy. */
export interface Part {
  readonly name: string;
  readonly state: string;
}

const MOST_TOLD = 5;
const MOST_NAMED = 100;
const MOST_DEPTH = 6;

/** The unhealthy parts in a parsed health body, the worst only: a part that is merely degraded is no reason beside one that is down. */
export function failingParts(body: unknown): readonly Part[] {
  const parts = Array.isArray(body) ? partsOfGroup(body, false, 0) : partsOfReport(body, 0);
  const causes = parts.filter(({name}) => !SUMS.has(plain(name)));
  const told = causes.length > 0 ? causes : parts;
  const worst = told.filter(({state}) => !MILD.has(wordOf(state)));
  const shown = (worst.length > 0 ? worst : told).map(({name, state}) => ({
    name: sanitize(name, 80),
    state: sanitize(state, 40),
  }));
  return [...new Map(shown.map(part => [part.name, part])).values()].slice(0, MOST_NAMED);
}

/** The end of a sentence: `; failing: database (down)`. */
export function blameText(parts: readonly Part[]): Text {
  if (parts.length === 0) return '';
  const shown = parts
    .slice(0, MOST_TOLD)
    .map(({name, state}) => (state === '' ? name : message`${name} (${state})`));
  return message`; failing: ${joined(shown, message`, `)}`;
}

function partsOfReport(body: unknown, depth: number): readonly Part[] {
  if (!isRecord(body) || depth > MOST_DEPTH) return [];
  const numbered = Object.keys(body).some(name => plain(name) === 'totalduration');
  const grouped = Object.entries(body).flatMap(([name, group]) =>
    GROUPS.has(plain(name))
      ? partsOfGroup(group, FAILING_GROUPS.has(plain(name)), depth, numbered)
      : [],
  );
  if (grouped.length > 0) return grouped;
  const enveloped = ENVELOPES.flatMap(name => partsOfReport(fieldOf(body, [name]), depth + 1));
  return enveloped.length > 0 ? enveloped : partsOfFlat(body);
}

/** Fields beside each other, without a group: Dropwizard, okcomputer, django-health-check, heptiolabs. */
function partsOfFlat(body: Readonly<Record<string, unknown>>): readonly Part[] {
  return Object.entries(body).flatMap(([name, value]): readonly Part[] => {
    if (STATES.includes(plain(name)) || NOT_PARTS.has(plain(name))) return [];
    const inner = isRecord(value) ? Object.entries(value) : [];
    // okcomputer nests a check below its collection, both with the same name.
    const [only] = inner.length === 1 ? inner : [];
    const part =
      only && isRecord(only[1]) ? only[1] : Array.isArray(value) ? firstBad(value) : value;
    const state = stateOf(part, false);
    if (state === undefined) return [];
    const word = wordOf(state);
    return BAD.has(word) || (typeof part === 'string' && TROUBLE.test(part))
      ? [{name: withKind(only && isRecord(only[1]) ? only[0] : name, part), state}]
      : [];
  });
}

function partsOfGroup(
  group: unknown,
  allFail: boolean,
  depth: number,
  numbered = false,
): readonly Part[] {
  return members(group).flatMap(([name, part]): readonly Part[] => {
    const bad = Array.isArray(part) ? firstBad(part) : part;
    const state = stateOf(bad, numbered);
    if (state === undefined) return allFail ? [{name, state: ''}] : [];
    if (!allFail && GOOD.has(wordOf(state))) return [];
    const inner = isRecord(bad) && depth < MOST_DEPTH ? innerParts(bad, depth) : [];
    return inner.length > 0
      ? inner.map(part => ({name: `${name}.${part.name}`, state: part.state}))
      : [{name: withKind(name, bad), state}];
  });
}

/** A name that is known to its application alone, with the kind of dependency that its tags or its type tell: `orders:db`. */
function withKind(name: string, part: unknown): string {
  if (!isRecord(part) || dependencyOf(name) !== undefined) return name;
  const kind = KINDS.flatMap(field => fieldOf(part, [field])).find(
    (word): word is string => typeof word === 'string' && dependencyOf(word) !== undefined,
  );
  return kind === undefined ? name : `${name}:${kind}`;
}

/** The failing parts of a part (Spring Boot nests `components`); a name that is no plain word, as of Micronaut's data sources, says less than its parent's. */
function innerParts(part: Readonly<Record<string, unknown>>, depth: number): readonly Part[] {
  const inner = partsOfGroup(fieldOf(part, ['components']), false, depth + 1);
  return inner.every(({name}) => /^[\w.-]{1,60}$/.test(name)) ? inner : [];
}

/** Whether a state is a word for bad health. */
export function isBadState(state: string): boolean {
  return BAD.has(wordOf(state));
}

/** Whether a state is a word for good health. */
export function isGoodState(state: string): boolean {
  return GOOD.has(wordOf(state));
}

function members(group: unknown): ReadonlyArray<readonly [string, unknown]> {
  if (Array.isArray(group))
    return group.map((part, index) => [nameOf(part) ?? String(index), part]);
  return isRecord(group) ? Object.entries(group) : [];
}

function nameOf(part: unknown): string | undefined {
  const name = isRecord(part) ? fieldOf(part, NAMES) : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** health+json keeps a list under each name, django-watchman one of names in it; its first failing entry speaks for it. */
function firstBad(list: readonly unknown[]): unknown {
  const parts = list.flatMap(part =>
    isRecord(part) && stateOf(part, false) === undefined
      ? [part, ...Object.values(part).filter(isRecord)]
      : [part],
  );
  return (
    parts.find(part => {
      const state = isRecord(part) ? stateOf(part, false) : undefined;
      return state !== undefined && !GOOD.has(wordOf(state));
    }) ?? (isRecord(list[0]) ? list[0] : undefined)
  );
}

function stateOf(part: unknown, numbered: boolean): string | undefined {
  if (typeof part === 'string' || typeof part === 'boolean') return String(part);
  if (!isRecord(part)) return undefined;
  const state = fieldOf(part, STATES, value =>
    ['string', 'boolean', ...(numbered ? ['number'] : [])].includes(typeof value),
  );
  if (typeof state === 'number') return DOTNET_STATES[state];
  return typeof state === 'string' || typeof state === 'boolean' ? String(state) : undefined;
}

/** The first field of these names, whatever their case. */
function fieldOf(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
  accepts: (value: unknown) => boolean = () => true,
): unknown {
  for (const wanted of names)
    for (const [name, value] of Object.entries(record))
      if (plain(name) === wanted && accepts(value)) return value;
  return undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The state before a colon, in one word: `unavailable: no route` is `unavailable`. */
function wordOf(state: string): string {
  return state
    .split(':', 1)[0]!
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}
