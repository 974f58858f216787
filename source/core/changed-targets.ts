import type {Targets, TargetNode, TargetState} from './model/state.ts';
import {listOf} from './target-tree.ts';

export interface ChangedTarget {
  /** Undefined for one that is new. */
  readonly before: TargetState | undefined;
  readonly after: TargetState;
}

/** The targets of `after` that are not the same as in `before`, without a look at those that are. */
export function changedTargets(
  before: Targets | undefined,
  after: Targets,
): readonly ChangedTarget[] {
  if (before === after) return [];
  // Other names, or another order: a config was taken over.
  if (before?.indexOf !== after.indexOf) {
    const known = new Map(
      before && listOf(before.tree).map(target => [target.settings.name, target]),
    );
    return listOf(after.tree)
      .map(target => ({before: known.get(target.settings.name), after: target}))
      .filter(({before, after}) => before !== after);
  }
  const changed: ChangedTarget[] = [];
  collect(before.tree.root, after.tree.root, changed);
  return changed;
}

function collect(
  before: TargetNode | undefined,
  after: TargetNode,
  changed: ChangedTarget[],
): void {
  if (before === after) return;
  if ('target' in after) {
    const was = before && 'target' in before ? before.target : undefined;
    if (was !== after.target) changed.push({before: was, after: after.target});
    return;
  }
  const nodes = before && 'nodes' in before ? before.nodes : [];
  after.nodes.forEach((node, index) => collect(nodes[index], node, changed));
}
