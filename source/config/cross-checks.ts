import {reached} from '../core/graph.ts';
import {message} from '../core/text/message.ts';
import {backoffChecks} from './backoff-checks.ts';
import {didYouMean} from './did-you-mean.ts';
import {isMapping} from './kind-schema.ts';
import type {Kinds} from './kinds.ts';
import type {Complaint} from './problem.ts';
import {httpWords} from './spec.ts';

/** Finds faults between the parts of a file that are valid by themselves. Skips faulty parts. */
export function crossChecks(value: unknown, {fixes}: Kinds): readonly Complaint[] {
  const list =
    isMapping(value) && Array.isArray(value['targets'])
      ? (value['targets'] as readonly unknown[])
      : [];
  const targets = list.map(each => (isMapping(each) ? each : {}));
  return [
    ...duplicates(targets),
    ...unknownNames(targets),
    ...cycles(targets),
    ...backoffChecks(isMapping(value) ? value : {}, targets),
    ...targets.flatMap((target, index) => [
      ...nothingToWatch(target, index, fixes),
      ...withoutUrl(target, index),
      ...keyAlone(target, index),
      ...checkNames(target, index),
    ]),
  ];
}

type Target = Readonly<Record<string, unknown>>;

function nameOf({name}: Target): string | undefined {
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}

function upstreamNames({dependsOn}: Target): readonly string[] {
  return Array.isArray(dependsOn) ? dependsOn.filter(each => typeof each === 'string') : [];
}

function duplicates(targets: readonly Target[]): readonly Complaint[] {
  return targets.flatMap((target, index): Complaint[] => {
    const name = nameOf(target);
    const first = targets.findIndex(other => nameOf(other) === name);
    if (name === undefined || first === index) return [];
    return [
      {
        path: ['targets', index, 'name'],
        text: message`is '${name}', like targets[${first}].name; give each target its own name, e.g. ${name}-${index + 1}`,
      },
    ];
  });
}

function unknownNames(targets: readonly Target[]): readonly Complaint[] {
  const names = targets.map(nameOf).filter(name => name !== undefined);
  return targets.flatMap((target, index) =>
    upstreamNames(target).flatMap((name, position): Complaint[] => {
      if (names.includes(name)) return [];
      const others = names.filter(other => other !== nameOf(target));
      return [
        {
          path: ['targets', index, 'dependsOn', position],
          text:
            others.length > 0
              ? message`is '${name}', but no target has this name; allowed: ${others.join(', ')}${didYouMean(name, others)}`
              : message`is '${name}', but there is no other target`,
        },
      ];
    }),
  );
}

/** One complaint for each cycle, at the first target of it. */
function cycles(targets: readonly Target[]): readonly Complaint[] {
  const dependsOn = (name: string) =>
    targets.filter(target => nameOf(target) === name).flatMap(upstreamNames);
  const told = new Set<string>();
  return targets.flatMap((target, index): Complaint[] => {
    const name = nameOf(target);
    if (name === undefined || told.has(name) || !reached(name, dependsOn).has(name)) return [];
    const cycle = wayBack(dependsOn, name);
    cycle.forEach(each => told.add(each));
    return [
      {
        path: ['targets', index, 'dependsOn'],
        text: message`is circular: ${cycle.join(' -> ')}; remove one of them`,
      },
    ];
  });
}

/** The shortest path from a name through its dependencies back to itself. */
function wayBack(dependsOn: (name: string) => readonly string[], name: string): readonly string[] {
  const seen = new Set<string>();
  for (const ways = [[name]]; ;) {
    const way = ways.shift();
    if (!way) return [name];
    for (const next of dependsOn(way.at(-1) ?? name)) {
      if (next === name) return [...way, name];
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
}

function nothingToWatch(
  target: Target,
  index: number,
  fixes: Kinds['fixes'],
): readonly Complaint[] {
  const {url, port, pidFile, checks, fix} = target;
  const use = isMapping(fix) ? fix['use'] : undefined;
  const child = typeof use === 'string' && fixes[use]?.traits.ownsProcess === true;
  if (
    [url, port, pidFile].some(each => each !== undefined) ||
    (Array.isArray(checks) ? checks.length > 0 : checks !== undefined) ||
    child
  )
    return [];
  return [
    {
      path: ['targets', index],
      text: message`has nothing to watch; give it a url, a port, a pidFile, checks, or fix: {use: child, command: […]}`,
    },
  ];
}

function withoutUrl(target: Target, index: number): readonly Complaint[] {
  if (target['url'] !== undefined) return [];
  return httpWords.flatMap((word): Complaint[] =>
    target[word] === undefined
      ? []
      : [
          {
            path: ['targets', index],
            key: word,
            text: message`has ${word} but no url to get a response from; add one, e.g. url: http://127.0.0.1:3000/health`,
          },
        ],
  );
}

function keyAlone({cert, key}: Target, index: number): readonly Complaint[] {
  return key === undefined || cert !== undefined
    ? []
    : [
        {
          path: ['targets', index],
          key: 'key',
          text: message`has key but no cert that it belongs to; add it, e.g. cert: /etc/ssl/client.pem`,
        },
      ];
}

/** The built-in checks of every target. */
const TAKEN = ['process', 'port', 'api'];

function checkNames({checks}: Target, index: number): readonly Complaint[] {
  const names = (Array.isArray(checks) ? checks : []).map((check: unknown) =>
    isMapping(check) ? check['name'] : undefined,
  );
  return names.flatMap((name, position): Complaint[] => {
    const path = ['targets', index, 'checks', position, 'name'];
    if (typeof name !== 'string') return [];
    if (TAKEN.includes(name))
      return [
        {
          path,
          text: message`is '${name}', the name of the ${name} check that every target has; choose another, e.g. my-${name}`,
        },
      ];
    return names.indexOf(name) < position
      ? [
          {
            path,
            text: message`is '${name}', like checks[${names.indexOf(name)}].name; give each check its own name`,
          },
        ]
      : [];
  });
}

/** A check without a name gets that of its kind, with a number if taken. */
export function checkNameOf(kind: string, taken: readonly string[]): string {
  const base = TAKEN.includes(kind) ? `${kind}-check` : kind;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
