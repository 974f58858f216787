import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {backoffChecks} from './backoff-checks.ts';
import {didYouMean} from './did-you-mean.ts';
import {inWords, type ComplaintList, type Wording} from './file/complaint-list.ts';
import {isMapping} from './kind-schema.ts';
import type {Kinds} from './kinds.ts';
import {httpWords} from './spec.ts';

/** Finds faults between the parts of a file that are valid by themselves. Skips faulty parts. Takes linear time. */
export function crossChecks(value: unknown, {fixes}: Kinds, list: ComplaintList): void {
  const entries =
    isMapping(value) && Array.isArray(value['targets'])
      ? (value['targets'] as readonly unknown[])
      : [];
  const targets = entries.map(each => (isMapping(each) ? each : {}));
  const found: ReadonlyArray<() => Iterable<Wording>> = [
    () => duplicates(targets),
    () => unknownNames(targets),
    () => cycles(targets),
    () => backoffChecks(isMapping(value) ? value : {}, targets),
    ...targets.map((target, index) => () => [
      ...nothingToWatch(target, index, fixes),
      ...withoutUrl(target, index),
      ...keyAlone(target, index),
      ...checkNames(target, index),
    ]),
  ];
  for (const check of found)
    for (const wording of check()) {
      if (list.isFull()) return;
      list.add(wording);
    }
}

type Target = Readonly<Record<string, unknown>>;

function nameOf({name}: Target): string | undefined {
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}

function upstreamNames({dependsOn}: Target): readonly string[] {
  return Array.isArray(dependsOn) ? dependsOn.filter(each => typeof each === 'string') : [];
}

function* duplicates(targets: readonly Target[]): Generator<Wording> {
  const first = new Map<string, number>();
  for (const [index, target] of targets.entries()) {
    const name = nameOf(target);
    if (name === undefined) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    else
      yield inWords(
        ['targets', index, 'name'],
        () =>
          message`is '${sanitize(name, 63)}', like targets[${before}].name; give each target its own name, e.g. ${sanitize(name, 63)}-${index + 1}`,
      );
  }
}

function* unknownNames(targets: readonly Target[]): Generator<Wording> {
  const names = new Set(targets.map(nameOf).filter(name => name !== undefined));
  for (const [index, target] of targets.entries())
    for (const [position, name] of upstreamNames(target).entries())
      if (!names.has(name))
        yield inWords(['targets', index, 'dependsOn', position], () =>
          unknownName(
            name,
            [...names].filter(other => other !== nameOf(target)),
          ),
        );
}

function unknownName(name: string, others: readonly string[]): Text {
  const shown = sanitize(name, 63);
  return others.length > 0
    ? message`is '${shown}', but no target has this name; allowed: ${firstOf(others)}${didYouMean(name, others.slice(0, MOST_COMPARED))}`
    : message`is '${shown}', but there is no other target`;
}

const MOST_COMPARED = 1_000;
const MOST_SEARCHES = 100;
const MOST_NAMES = 20;

function firstOf(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).map(name => sanitize(name, 63));
  return [...first, ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');
}

/** One complaint for each cycle, at the first target of it. */
function* cycles(targets: readonly Target[]): Generator<Wording> {
  const above = new Map<string, string[]>();
  for (const target of targets) {
    const name = nameOf(target);
    if (name === undefined) continue;
    const known = above.get(name) ?? [];
    for (const each of upstreamNames(target)) known.push(each);
    above.set(name, known);
  }
  const dependsOn = (name: string): readonly string[] => above.get(name) ?? [];
  const circular = inCircles([...above.keys()], dependsOn);
  const told = new Set<string>();
  let searches = 0;
  for (const [index, target] of targets.entries()) {
    const name = nameOf(target);
    if (name === undefined || told.has(name) || !circular.has(name)) continue;
    if (++searches > MOST_SEARCHES) return;
    const cycle = wayBack(dependsOn, name);
    // It lies between two circles.
    if (cycle.length < 2) continue;
    cycle.forEach(each => told.add(each));
    yield inWords(
      ['targets', index, 'dependsOn'],
      () => message`is circular: ${shortWay(cycle)}; remove one of them`,
    );
  }
}

/** All that leads back to itself, and what lies between two such circles: what is left when all without dependencies or dependents are taken away. */
function inCircles(
  names: readonly string[],
  dependsOn: (name: string) => readonly string[],
): ReadonlySet<string> {
  const below = new Map<string, string[]>();
  for (const name of names)
    for (const each of dependsOn(name)) {
      const known = below.get(each);
      if (known) known.push(name);
      else below.set(each, [name]);
    }
  const above = withoutEnds(new Set(names), dependsOn, name => below.get(name) ?? []);
  return withoutEnds(above, name => below.get(name) ?? [], dependsOn);
}

/** Takes away what has none of the `rest` ahead, then what has none left. */
function withoutEnds(
  names: ReadonlySet<string>,
  ahead: (name: string) => readonly string[],
  behind: (name: string) => readonly string[],
): ReadonlySet<string> {
  const rest = new Set(names);
  const left = new Map(
    [...names].map(name => [name, ahead(name).filter(each => names.has(each)).length]),
  );
  const open = [...names].filter(name => left.get(name) === 0);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    rest.delete(name);
    for (const each of behind(name)) {
      const count = (left.get(each) ?? 0) - 1;
      left.set(each, count);
      if (count === 0 && rest.has(each)) open.push(each);
    }
  }
  return rest;
}

/** The shortest path from a name through its dependencies back to itself; the name alone without one. */
function wayBack(dependsOn: (name: string) => readonly string[], name: string): readonly string[] {
  const from = new Map<string, string>();
  const open = [name];
  for (let at = 0; at < open.length; at++) {
    const each = open[at]!;
    for (const next of dependsOn(each)) {
      if (next === name) return [...wayTo(from, name, each), name];
      if (from.has(next)) continue;
      from.set(next, each);
      open.push(next);
    }
  }
  return [name];
}

function wayTo(from: ReadonlyMap<string, string>, start: string, end: string): readonly string[] {
  const way = [end];
  for (let each = end; each !== start;) {
    each = from.get(each) ?? start;
    way.push(each);
  }
  return way.reverse();
}

function shortWay(cycle: readonly string[]): string {
  const shown =
    cycle.length > MOST_NAMES
      ? [...cycle.slice(0, MOST_NAMES - 1), '…', ...cycle.slice(-1)]
      : cycle;
  return shown.join(' -> ');
}

function* nothingToWatch(target: Target, index: number, fixes: Kinds['fixes']): Generator<Wording> {
  const {url, port, pidFile, checks, fix} = target;
  const use = isMapping(fix) ? fix['use'] : undefined;
  const child =
    typeof use === 'string' && Object.hasOwn(fixes, use) && fixes[use]?.traits.ownsProcess === true;
  if (
    [url, port, pidFile].some(each => each !== undefined) ||
    (Array.isArray(checks) ? checks.length > 0 : checks !== undefined) ||
    child
  )
    return;
  yield inWords(
    ['targets', index],
    () =>
      message`has nothing to watch; give it a url, a port, a pidFile, checks, or fix: {use: child, command: […]}`,
  );
}

function* withoutUrl(target: Target, index: number): Generator<Wording> {
  if (target['url'] !== undefined) return;
  for (const word of httpWords)
    if (target[word] !== undefined)
      yield inWords(
        ['targets', index],
        () =>
          message`has ${word} but no url to get a response from; add one, e.g. url: http://127.0.0.1:3000/health`,
        word,
      );
}

function* keyAlone({cert, key}: Target, index: number): Generator<Wording> {
  if (key !== undefined && cert === undefined)
    yield inWords(
      ['targets', index],
      () => message`has key but no cert that it belongs to; add it, e.g. cert: /etc/ssl/client.pem`,
      'key',
    );
}

/** The built-in checks of every target. */
const TAKEN = ['process', 'port', 'api'];

function* checkNames({checks}: Target, index: number): Generator<Wording> {
  const first = new Map<string, number>();
  for (const [position, check] of (Array.isArray(checks) ? checks : []).entries()) {
    const name: unknown = isMapping(check) ? check['name'] : undefined;
    if (typeof name !== 'string') continue;
    const path = ['targets', index, 'checks', position, 'name'];
    const before = first.get(name);
    if (TAKEN.includes(name))
      yield inWords(
        path,
        () =>
          message`is '${name}', the name of the ${name} check that every target has; choose another, e.g. my-${name}`,
      );
    else if (before === undefined) first.set(name, position);
    else
      yield inWords(
        path,
        () =>
          message`is '${sanitize(name, 63)}', like checks[${before}].name; give each check its own name`,
      );
  }
}

/** Names the checks of a target: one without a name gets that of its kind, with a number if taken. */
export function checkNamer(given: readonly string[]): (kind: string) => string {
  const taken = new Set(given);
  const next = new Map<string, number>();
  return kind => {
    const base = TAKEN.includes(kind) ? `${kind}-check` : kind;
    for (let number = next.get(kind) ?? 1; ; number++) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (taken.has(name)) continue;
      taken.add(name);
      next.set(kind, number + 1);
      return name;
    }
  };
}
