import {join} from 'node:path';
import {
  readMonitorStatus,
  type MonitoredTarget,
  type MonitorStatus,
} from '../documents/monitor-status.ts';
import {readIfThere} from '../io/files/atomic-file.ts';

/** The last status of the monitor of that directory; undefined before it wrote its first. */
export function statusIn(stateDir: string): MonitorStatus | undefined {
  return readMonitorStatus(readIfThere(join(stateDir, 'agent2_status.json')) ?? '');
}

export function targetIn(stateDir: string, name: string): MonitoredTarget | undefined {
  return statusIn(stateDir)?.targets.find(target => target.name === name);
}
