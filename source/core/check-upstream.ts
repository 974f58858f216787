import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';
import {isBeingFixed} from './phase.ts';
import {targetAt} from './target-tree.ts';
import {withTarget, type Change} from './targets.ts';

/** Checks the upstreams of a target when its incident begins, so that their state is known at its verdict. */
export function checkUpstream(state: State, changes: readonly Change[], at: number): State {
  const {graph, tree} = state.targets;
  const upstream = new Set(
    changes
      .filter(({was, is}) => is.incident?.startedAt === at && was?.incident === undefined)
      .flatMap(({place}) => graph.get(place)?.upstream ?? []),
  );
  return [...upstream].reduce((next, place) => {
    const target = targetAt(tree, place);
    return target ? withTarget(next, checkedBy(target, at)) : next;
  }, state);
}

function checkedBy(target: TargetState, at: number): TargetState {
  const {check, paused, repair} = target;
  if (check.state !== 'idle' || check.dueAt <= at || paused || isBeingFixed(repair)) return target;
  return {...target, check: {...check, dueAt: at}};
}
