import type {State, Targets, TargetState} from './model/state.ts';
import {listOf, replacedAt, targetAt, treeOf} from './target-tree.ts';

/** How the targets of a state are read and replaced. */

/** What is known of the order of `before` is kept where it is the same. */
export function newTargets(list: readonly TargetState[], before?: Targets): Targets {
  const same =
    before?.indexOf.size === list.length &&
    list.every(({settings}, index) => before.indexOf.get(settings.name) === index);
  return {
    indexOf: same
      ? before.indexOf
      : new Map(list.map(({settings}, index) => [settings.name, index])),
    tree: treeOf(list),
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
  {targets: {indexOf, tree}}: Pick<State, 'targets'>,
  name: string,
): TargetState | undefined {
  const index = indexOf.get(name);
  return index === undefined ? undefined : targetAt(tree, index);
}

/** With `target` in the place of the one of its name; the same state where it is that one. */
export function withTarget(state: State, target: TargetState): State {
  const {indexOf, tree} = state.targets;
  const index = indexOf.get(target.settings.name);
  if (index === undefined || targetAt(tree, index) === target) return state;
  return {...state, targets: {...state.targets, tree: replacedAt(tree, index, target)}};
}

/** With what `change` makes of each. The names stay. */
export function mapTargets(
  state: State,
  change: (target: TargetState, index: number) => TargetState,
): State {
  const tree = treeOf(targetsOf(state).map(change));
  return {...state, targets: {...state.targets, tree}};
}
