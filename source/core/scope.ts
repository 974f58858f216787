import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {isBeingFixed, isUnwell} from './phase.ts';
import {placesWhere} from './target-tree.ts';
import {changesBetween, type Change} from './targets.ts';

/** Selects the targets that an event concerns, by place and in order, so that the number of others costs nothing. */
export interface Scope {
  /** Targets with work due. */
  due(state: State, at: number): readonly number[];
  changes(before: State, after: State): readonly Change[];
  /** Targets whose blocker may have changed. */
  concerned(before: State, after: State, changes: readonly Change[]): readonly number[];
}

export const whoeverIsConcerned: Scope = {
  due: ({targets}, at) => placesWhere(targets.tree, ({dueAt}) => dueAt <= at),
  changes: changesBetween,
  concerned(before, after, changes) {
    const {targets, healBudget} = after;
    const {tree, graph} = targets;
    if (before.targets.graph !== graph) return placesWhere(tree, () => true);
    // Time alone can end their blocking.
    const places = new Set(placesWhere(tree, ({blockedUntil}) => blockedUntil));
    const add = (more: readonly number[] = []) => more.forEach(place => places.add(place));
    let budgetChanged = before.healBudget !== healBudget;
    for (const {place, was, is} of changes) {
      places.add(place);
      budgetChanged ||= healBudget !== undefined && was?.attemptTimes !== is.attemptTimes;
      if (!was || blocksOthersElse(was, is)) add(graph.get(place)?.downstream);
      if (!was || isBeingFixed(was.repair) !== isBeingFixed(is.repair))
        add(graph.get(place)?.chain);
    }
    if (budgetChanged) add(placesWhere(tree, ({wantsFix}) => wantsFix));
    return [...places].sort((a, b) => a - b);
  },
};

/** Ignores a check that has seen the target, since that block ends at its own time. */
function blocksOthersElse(was: TargetState, is: TargetState): boolean {
  return (
    isUnwell(was) !== isUnwell(is) ||
    was.paused !== is.paused ||
    was.policy !== is.policy ||
    (is.lastCheck?.at ?? -Infinity) < (was.lastCheck?.at ?? -Infinity)
  );
}
