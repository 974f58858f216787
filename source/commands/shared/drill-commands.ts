import type {DrillSpec} from '../../config/spec.ts';
import type {MonitoredTarget} from '../../format/monitor-status.ts';

/** How a target that consented is broken: the monitor says only that it may be, agent2 itself knows how to crash and suspend a process. */
export function ownWays(target: MonitoredTarget): DrillSpec {
  return Object.fromEntries(target.drill.map(name => [name, true]));
}
