import {createContext, useContext, useRef, useSyncExternalStore} from 'react';
import type {Monitor} from '../../contracts/monitor.ts';
import type {State, TargetState} from '../../core/state.ts';

export const MonitorContext = createContext<Monitor | undefined>(undefined);

/** A part of the snapshot. Draws again only when the part is another one: by identity, or by `same`. */
export function useMonitor<T>(select: (state: State) => T, same: (a: T, b: T) => boolean = Object.is): T {
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
const UNSEEN: ReadonlySet<keyof TargetState> = new Set(['check', 'epoch', 'lastHeartbeatAt', 'restartPending', 'process']);

/** Whether two snapshots of a target look the same on the screen. */
export function looksSame(a: TargetState | undefined, b: TargetState | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (Object.keys({...a, ...b}) as (keyof TargetState)[]).every(key => UNSEEN.has(key) || a[key] === b[key]);
}
