import type {State, TargetState} from './model/state.ts';
import {isBeingFixed, isUnwell} from './phase.ts';
import {placesWhere} from './target-tree.ts';
import {changesBetween, type Change} from './targets.ts';

/** Which targets an event has to do with, by place and in order: what is none of theirs is not looked at, however many there are. */
export interface Scope {
  /** Who has something due. */
  due(state: State, at: number): readonly number[];
  changes(before: State, after: State): readonly Change[];
  /** Whose blocker may be another one by now. */
  concerned(before: State, after: State, changes: readonly Change[]): readonly number[];
}

export const whoeverIsConcerned: Scope = {
  due: ({targets}, at) => placesWhere(targets.tree, ({dueAt}) => dueAt <= at),
  changes: changesBetween,
  concerned(before, after, changes) {
    const {targets, healBudget} = after;
    const {tree, graph} = targets;
    if (before.targets.graph !== graph) return placesWhere(tree, () => true);
    // Time alone ends their blocking.
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

/** A check that has seen it is not among this: it only ends a blocking that has its time. */
function blocksOthersElse(was: TargetState, is: TargetState): boolean {
  return (
    isUnwell(was) !== isUnwell(is) ||
    was.paused !== is.paused ||
    was.policy !== is.policy ||
    (is.lastCheck?.at ?? -Infinity) < (was.lastCheck?.at ?? -Infinity)
  );
}
