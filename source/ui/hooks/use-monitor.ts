import {createContext, useContext, useRef, useSyncExternalStore} from 'react';
import type {Monitor} from '../../contracts/monitor.ts';
import type {State, TargetState} from '../../core/model/state.ts';
import {rowLooksSame} from '../state/target-row.ts';

export const MonitorContext = createContext<Monitor | undefined>(undefined);

/** A part of the snapshot. Draws again only when the part is another one: by identity, or by `same`. */
export function useMonitor<T>(
  select: (state: State) => T,
  same: (a: T, b: T) => boolean = Object.is,
): T {
  const monitor = useContext(MonitorContext);
  if (!monitor) throw new Error('useMonitor needs a MonitorContext around it');
  const last = useRef<{readonly value: T} | undefined>(undefined);
  return useSyncExternalStore(monitor.subscribe, () => {
    const value = select(monitor.getSnapshot());
    if (last.current && same(last.current.value, value)) return last.current.value;
    last.current = {value};
    return value;
  });
}

/** What of a target changes without anybody seeing it. A frame costs more than a check. */
const UNSEEN: ReadonlySet<keyof TargetState> = new Set([
  'check',
  'epoch',
  'lastHeartbeatAt',
  'restartPending',
  'process',
]);

/** Whether the screen looks the same with the target called `selected` in full and a line for each of the others. */
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

/** Whether two snapshots of a target look the same on the screen. */
function looksSame(a: TargetState, b: TargetState): boolean {
  if (a === b) return true;
  return (Object.keys({...a, ...b}) as (keyof TargetState)[]).every(
    key => UNSEEN.has(key) || a[key] === b[key],
  );
}
