import type {TargetState} from '../../core/model/target.ts';
import {rowLooksSame} from './target-row.ts';

/**
 * Whether two snapshots look the same on a screen that shows the target `selected` in full and a line for each other. Saves frames: a frame
 * costs more than a check.
 */
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

/** The parts of a target that the screen does not show. */
const UNSEEN: ReadonlySet<keyof TargetState> = new Set([
  'check',
  'epoch',
  'lastHeartbeatAt',
  'restartPending',
  'process',
]);
