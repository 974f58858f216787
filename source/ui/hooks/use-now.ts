import {useContext, useEffect, useMemo, useReducer} from 'react';
import {MonitorContext} from './use-monitor.ts';

/**
 * The time (epoch ms) for the ages in a frame. Updates when one of `changed` (a list of constant length) changes, and then every `stepMs`; without
 * `stepMs` no timer runs.
 */
export function useNow(changed: readonly unknown[], stepMs: number | undefined): number {
  const monitor = useContext(MonitorContext);
  const [ticks, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (stepMs === undefined) return undefined;
    const timer = setInterval(tick, stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  // Not read, but each change of `changed` and `ticks` needs a new time.
  return useMemo(() => monitor?.now() ?? 0, [monitor, ticks, ...changed]);
}
