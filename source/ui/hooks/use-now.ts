import {useContext, useEffect, useMemo, useReducer} from 'react';
import {MonitorContext} from './use-monitor.ts';

/**
 * The time (epoch ms) for the ages of one frame: of the last change of any of `changed` (always as many), and of every `stepMs` since. Without a `stepMs`
 * no timer runs.
 */
export function useNow(changed: readonly unknown[], stepMs: number | undefined): number {
  const monitor = useContext(MonitorContext);
  const [ticks, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (stepMs === undefined) return undefined;
    const timer = setInterval(tick, stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  // `changed` and `ticks` are not read, but say when the time has to be.
  return useMemo(() => monitor?.now() ?? 0, [monitor, ticks, ...changed]);
}
