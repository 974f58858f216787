import type {State} from './model/state.ts';
import type {TargetState} from './model/target.ts';

/** When the next `tick` is due, in epoch milliseconds; Infinity when nothing waits. */
export function nextWake({status, targets}: State): number {
  return status === 'monitoring' ? targets.tree.root.digest.dueAt : Infinity;
}

/** When this target has work due, in epoch milliseconds; Infinity when nothing waits. */
export function nextDue(target: TargetState): number {
  if (target.paused) return target.pausedUntil ?? Infinity;
  const {check, repair} = target;
  return Math.min(
    check.state === 'idle' ? check.dueAt : Infinity,
    repairDueAt(repair, target.health.successes > 0),
    deferredUntil(target),
  );
}

/** When the shared budget allows the next fix, or the last wait for an unseen upstream ends. */
function deferredUntil({repair, blockedBy}: TargetState): number {
  return repair.step === 'deferred' && blockedBy && 'untilAt' in blockedBy
    ? blockedBy.untilAt
    : Infinity;
}

/** When the repair has work due, in epoch milliseconds. `recovering`: good checks came in meanwhile, so the next check decides instead of the wait. */
export function repairDueAt(repair: TargetState['repair'], recovering: boolean): number {
  switch (repair.step) {
    case 'looking':
      return repair.at;
    case 'settling':
    case 'verifying':
      return repair.untilAt;
    case 'waiting':
      return recovering ? Infinity : repair.untilAt;
    default:
      return Infinity;
  }
}
