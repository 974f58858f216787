import {graphOf} from './graph.ts';
import type {State, Targets} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {listOf, placesChanged, replacedAt, targetAt, treeOf} from './target-tree.ts';

/** Reads and replaces the targets of a state. */

/** Reuses the order and the dependencies of `before` where they are the same. */
export function newTargets(list: readonly TargetState[], before?: Targets): Targets {
  const tree = treeOf(list);
  if (before && isLike(before, list)) return {...before, tree};
  return {
    places: new Map(list.map(({settings}, place) => [settings.name, place])),
    graph: graphOf(list.map(({settings}) => settings)),
    tree,
  };
}

/** All targets, in the order of the config file. Returns the same array while none of them changes. */
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

/** Replaces the target of that name; returns the same state when nothing changes. */
export function withTarget(state: State, target: TargetState): State {
  const {places, tree} = state.targets;
  const place = places.get(target.settings.name);
  if (place === undefined || targetAt(tree, place) === target) return state;
  return {...state, targets: {...state.targets, tree: replacedAt(tree, place, target)}};
}

/** Applies `change` to each target. Names and dependencies stay. */
export function mapTargets(
  state: State,
  change: (target: TargetState, place: number) => TargetState,
): State {
  const tree = treeOf(targetsOf(state).map(change));
  return {...state, targets: {...state.targets, tree}};
}

/** A changed target; `was` is missing for a new one. */
export interface Change {
  readonly place: number;
  readonly was?: TargetState;
  readonly is: TargetState;
}

/** The changed targets, in order, without a walk through the others. Leaves out removed ones; without a state before, all are new. */
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
