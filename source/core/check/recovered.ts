import type {Event} from '../model/event.ts';
import type {Repair} from '../model/repair.ts';
import type {CheckState, TargetState} from '../model/target.ts';

/**
 * A target whose event made a decision throw, which is a bug: the event is dropped, and whatever waited for it goes on at the next check, so that
 * nothing stays under way for ever, and nothing is due again at once.
 */
export function recovered(target: TargetState, {type, at}: Event): TargetState {
  const nextAt = at + target.policy.intervalMs;
  return {
    ...target,
    check: checkAfter(target.check, type, at, nextAt),
    repair: repairAfter(target.repair, type, at, nextAt),
    ...(target.pausedUntil !== undefined && target.pausedUntil <= at ? {pausedUntil: nextAt} : {}),
  };
}

function checkAfter(
  check: CheckState,
  type: Event['type'],
  at: number,
  nextAt: number,
): CheckState {
  const isLost = check.state === 'running' ? type === 'observed' : check.dueAt <= at;
  return isLost ? {state: 'idle', dueAt: nextAt, tries: 0} : check;
}

function repairAfter(repair: Repair, type: Event['type'], at: number, nextAt: number): Repair {
  switch (repair.step) {
    case 'fixing':
      return type === 'fix-finished' ? {step: 'idle'} : repair;
    case 'looking':
      return type === 'looked' || repair.at <= at ? {step: 'looking', at: nextAt} : repair;
    case 'settling':
    case 'verifying':
    case 'waiting':
      return repair.untilAt <= at ? {...repair, untilAt: nextAt} : repair;
    default:
      return repair;
  }
}
