import type {Graph} from './model/state.ts';
import type {TargetSettings} from './model/target.ts';

/** Which target depends on which. Unknown names are left out. */
export function graphOf(targets: ReadonlyArray<Pick<TargetSettings, 'name' | 'dependsOn'>>): Graph {
  const places = new Map(targets.map(({name}, place) => [name, place]));
  const above = targets.map(({dependsOn}) => dependsOn.flatMap(name => places.get(name) ?? []));
  const below = targets.map((): number[] => []);
  above.forEach((places, place) => places.forEach(each => below[each]?.push(place)));
  const upstream = (place: number) => above[place] ?? [];
  const downstream = (place: number) => below[place] ?? [];
  const chains = new Map<number, readonly number[]>();
  for (const place of above.keys()) {
    if (chains.has(place)) continue;
    const chain = inOrder(reached(place, each => [...upstream(each), ...downstream(each)]));
    for (const each of chain) chains.set(each, chain);
  }
  return new Map(
    [...chains].map(([place, chain]) => [
      place,
      {
        upstream: inOrder(reached(place, upstream)),
        downstream: inOrder(reached(place, downstream)),
        chain,
      },
    ]),
  );
}

/** All that `next` reaches from `start`; includes `start` only in a circle. */
export function reached<T>(start: T, next: (from: T) => readonly T[]): ReadonlySet<T> {
  const found = new Set<T>();
  const open = [start];
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
