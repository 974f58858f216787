import type {FixRecord} from '../model/repair.ts';
import type {TargetState} from '../model/target.ts';

/** The records of a target's fixes, oldest first. */

/** The action of a record that sent SIGCONT. */
export const CONTINUE = 'SIGCONT';

const KEPT = 50;

export function withFix(fixes: readonly FixRecord[], record: FixRecord): readonly FixRecord[] {
  return [...fixes, record].slice(-KEPT);
}

export function withLastFix(target: TargetState, change: Partial<FixRecord>): TargetState {
  const last = target.fixes.at(-1);
  return last ? {...target, fixes: [...target.fixes.slice(0, -1), {...last, ...change}]} : target;
}

/** The last restart, by agent2 or on request. */
export function lastRestart(fixes: readonly FixRecord[]): FixRecord | undefined {
  return fixes.findLast(({result, action}) => result !== 'warning_logged' && action !== CONTINUE);
}
