import {graphOf} from './graph.ts';
import type {State, Targets, TargetState} from './model/state.ts';
import {listOf, placesChanged, replacedAt, targetAt, treeOf} from './target-tree.ts';

/** How the targets of a state are read and replaced. */

/** What is known of the order and of the dependencies of `before` is kept where they are the same. */
export function newTargets(list: readonly TargetState[], before?: Targets): Targets {
  const tree = treeOf(list);
  if (before && isLike(before, list)) return {...before, tree};
  return {
    places: new Map(list.map(({settings}, place) => [settings.name, place])),
    graph: graphOf(list.map(({settings}) => settings)),
    tree,
  };
}

/** All of them, in the order of the config: the same list for as long as none of them changes. */
export function targetsOf({targets}: Pick<State, 'targets'>): readonly TargetState[] {
  const known = lists.get(targets);
  if (known) return known;
  const list = listOf(targets.tree);
  lists.set(targets, list);
  return list;
}

const lists = new WeakMap<Targets, readonly TargetState[]>();

export function findTarget(
  {targets: {places, tree}}: Pick<State, 'targets'>,
  name: string,
): TargetState | undefined {
  const place = places.get(name);
  return place === undefined ? undefined : targetAt(tree, place);
}

/** With `target` in the place of the one of its name; the same state where it is that one. */
export function withTarget(state: State, target: TargetState): State {
  const {places, tree} = state.targets;
  const place = places.get(target.settings.name);
  if (place === undefined || targetAt(tree, place) === target) return state;
  return {...state, targets: {...state.targets, tree: replacedAt(tree, place, target)}};
}

/** With what `change` makes of each. Names and dependencies stay. */
export function mapTargets(
  state: State,
  change: (target: TargetState, place: number) => TargetState,
): State {
  const tree = treeOf(targetsOf(state).map(change));
  return {...state, targets: {...state.targets, tree}};
}

/** A target that is not the same as before; `was` is missing for one that is new. */
export interface Change {
  readonly place: number;
  readonly was?: TargetState;
  readonly is: TargetState;
}

/** What changed, in order, without a look at what did not. One that is gone is not told; before there was a state all are new. */
export function changesBetween(before: State | undefined, after: State): readonly Change[] {
  if (before?.targets.places !== after.targets.places) return changesByName(before, after);
  return placesChanged(before.targets.tree, after.targets.tree).flatMap(place => {
    const is = targetAt(after.targets.tree, place);
    return is ? [{place, was: targetAt(before.targets.tree, place), is}] : [];
  });
}

function changesByName(before: State | undefined, after: State): readonly Change[] {
  return targetsOf(after).flatMap((is, place) => {
    const was = before && findTarget(before, is.settings.name);
    return was === is ? [] : [{place, was, is}];
  });
}

function isLike({places, tree}: Targets, list: readonly TargetState[]): boolean {
  return (
    tree.size === list.length &&
    list.every(({settings}, place) => {
      if (places.get(settings.name) !== place) return false;
      const before = targetAt(tree, place)?.settings.dependsOn ?? [];
      return (
        before === settings.dependsOn ||
        (before.length === settings.dependsOn.length &&
          before.every((name, at) => name === settings.dependsOn[at]))
      );
    })
  );
}
