import {join} from 'node:path';
import {
  readMonitorStatus,
  type MonitoredTarget,
  type MonitorStatus,
} from '../documents/monitor-status.ts';
import {errorCode} from '../io/error-code.ts';
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';

/** The last status in a state directory; undefined when there is none, or it cannot be read. */
export function statusIn(stateDir: string): MonitorStatus | undefined {
  return readMonitorStatus(statusTextIn(stateDir));
}

/** The text of the status file; empty when there is none, or it cannot be read. */
export function statusTextIn(stateDir: string): string {
  try {
    return readIfThere(join(stateDir, 'agent2_status.json'), MOST_OF_ALL_TARGETS) ?? '';
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return '';
  }
}

export function targetIn(stateDir: string, name: string): MonitoredTarget | undefined {
  return statusIn(stateDir)?.targets.find(target => target.name === name);
}
