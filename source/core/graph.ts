import type {Graph, Links} from './model/state.ts';
import type {TargetSettings} from './model/target.ts';

/** Which target depends on which. Unknown names are left out. Takes linear time: what lies further up and down is found when it is asked for. */
export function graphOf(targets: ReadonlyArray<Pick<TargetSettings, 'name' | 'dependsOn'>>): Graph {
  const places = new Map(targets.map(({name}, place) => [name, place]));
  const above = targets.map(({dependsOn}) => dependsOn.flatMap(name => places.get(name) ?? []));
  const below = targets.map((): number[] => []);
  above.forEach((places, place) => places.forEach(each => below[each]?.push(place)));
  const linked = (place: number) => [...(above[place] ?? []), ...(below[place] ?? [])];
  const links = new Map<number, Links>();
  for (const start of above.keys()) {
    if (links.has(start)) continue;
    const chain = inOrder(reached(start, linked));
    const far = chain.length > MOST_KEPT ? (find: Find) => find : kept;
    for (const place of chain) {
      const upstream = far(() => inOrder(reached(place, each => above[each] ?? [])));
      const downstream = far(() => inOrder(reached(place, each => below[each] ?? [])));
      links.set(place, {
        dependents: below[place] ?? [],
        chain,
        get upstream() {
          return upstream();
        },
        get downstream() {
          return downstream();
        },
      });
    }
  }
  return links;
}

/** Longer lists are made anew each time: those of all members together would take quadratic space. */
const MOST_KEPT = 100;

type Find = () => readonly number[];

function kept(find: Find): Find {
  let found: readonly number[] | undefined;
  return () => (found ??= find());
}

/** All that `next` reaches from `start`; includes `start` only in a circle. */
function reached<T>(start: T, next: (from: T) => readonly T[]): ReadonlySet<T> {
  return reachedFrom([start], next);
}

/** All that `next` reaches from any of `starts`; includes one of them only where one leads to it. */
export function reachedFrom<T>(
  starts: readonly T[],
  next: (from: T) => readonly T[],
): ReadonlySet<T> {
  const found = new Set<T>();
  const open = [...starts];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const each of next(from)) {
      if (found.has(each)) continue;
      found.add(each);
      open.push(each);
    }
  }
  return found;
}

function inOrder(places: ReadonlySet<number>): readonly number[] {
  return [...places].sort((a, b) => a - b);
}
