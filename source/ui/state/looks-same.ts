import type {TargetState} from '../../core/model/target.ts';
import {rowLooksSame} from './target-row.ts';

/** Whether the screen looks the same with the target called `selected` in full and a line for each of the others. A frame costs more than a check. */
export function screenLooksSame(
  a: readonly TargetState[],
  b: readonly TargetState[],
  selected: string | undefined,
): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((before, index) => {
      const after = b[index];
      return (
        after !== undefined &&
        (before.settings.name === selected ? looksSame(before, after) : rowLooksSame(before, after))
      );
    })
  );
}

function looksSame(a: TargetState, b: TargetState): boolean {
  if (a === b) return true;
  return (Object.keys({...a, ...b}) as (keyof TargetState)[]).every(
    key => UNSEEN.has(key) || a[key] === b[key],
  );
}

/** What of a target changes without anybody seeing it. */
const UNSEEN: ReadonlySet<keyof TargetState> = new Set([
  'check',
  'epoch',
  'lastHeartbeatAt',
  'restartPending',
  'process',
]);
