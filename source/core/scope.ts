import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {isBeingFixed, blocksDependents} from './phase.ts';
import {placesWhere} from './target-tree.ts';
import {changesBetween, type Change} from './targets.ts';

/** Selects the targets that an event affects, by place and in order, so that the work does not grow with the number of others. */
export interface Scope {
  /** Targets with work due. */
  due(state: State, at: number): readonly number[];
  changes(before: State, after: State): readonly Change[];
  /** Targets whose blocker may have changed. */
  affected(before: State, after: State, changes: readonly Change[]): readonly number[];
}

/** The narrowest scope; tests compare it with one that selects all targets. */
export const affectedTargets: Scope = {
  due: ({targets}, at) => placesWhere(targets.tree, ({dueAt}) => dueAt <= at),
  changes: changesBetween,
  affected(before, after, changes) {
    const {targets, healBudget} = after;
    const {tree, graph} = targets;
    if (before.targets.graph !== graph) return placesWhere(tree, () => true);
    // Time alone can end their blocking.
    const places = new Set(placesWhere(tree, ({blockedUntil}) => blockedUntil));
    const add = (more: readonly number[] = []) => more.forEach(place => places.add(place));
    if (before.commonCause !== after.commonCause) {
      const from = Math.min(
        before.commonCause?.from ?? Infinity,
        after.commonCause?.from ?? Infinity,
      );
      add(placesWhere(tree, ({badSince}) => badSince >= from));
    }
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

/** Whether the change may start or end the blocking of dependents. A check that only saw the target does not count, since an `unseen` block ends by its time. */
function blocksOthersElse(was: TargetState, is: TargetState): boolean {
  return (
    blocksDependents(was) !== blocksDependents(is) ||
    was.paused !== is.paused ||
    (was.lastCheck === undefined) !== (is.lastCheck === undefined) ||
    was.policy !== is.policy ||
    (is.lastCheck?.at ?? -Infinity) < (was.lastCheck?.at ?? -Infinity)
  );
}
