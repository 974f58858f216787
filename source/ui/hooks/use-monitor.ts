import {createContext, useContext, useRef, useSyncExternalStore} from 'react';
import type {Monitor} from '../../contracts/monitor.ts';
import type {State} from '../../core/model/state.ts';

export const MonitorContext = createContext<Monitor | undefined>(undefined);

/** A part of the snapshot. Draws again only when the part differs, by identity or by `same`. */
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
