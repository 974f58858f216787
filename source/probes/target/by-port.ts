import type {ProcessReading} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {findListener, type Listener} from '../../io/net/listeners.ts';
import {matchesName, readProcess} from '../../io/process/processes.ts';
import type {KnownProcess, ProcessFinder} from './known-process.ts';
import type {Lineage} from './lineage.ts';
import {isServiceManager} from './service-manager.ts';

/** The pause between searches for an invisible listener. */
const BLIND_MS = 60_000;

export interface PortFinder extends ProcessFinder {
  /** Takes this process for the target's from here on, since it answers right. */
  adopt(pid: number): void;
}

/**
 * The process that listens on the target's port: only the thorough inspection searches for it. After its end only a relative takes its
 * place at once: another process must answer right first.
 */
export function byPort(
  {port, processName}: {readonly port?: number; readonly processName?: string},
  known: KnownProcess,
  lineage: Lineage,
): PortFinder {
  let unseen: {readonly reason: Text; readonly until: number} | undefined;

  return {
    read,
    inspect: async signal => ({reading: await search(signal)}),
    adopt(pid) {
      const info = readProcess(pid);
      if (info) known.see(info, 'port');
    },
  };

  function read(): ProcessReading {
    const reading = known.seeAgain(true);
    if (reading) return reading;
    if (known.info) return {state: 'gone', via: 'port', pid: known.info.pid, pidFile: 'none'};
    return {
      state: 'unknown',
      reason:
        port === undefined
          ? message`neither a pid file nor a port tells which process it is`
          : (unseen?.reason ?? message`nothing has listened on port ${port} yet`),
    };
  }

  async function search(signal: AbortSignal): Promise<ProcessReading> {
    if (port === undefined) return read();
    const reading = known.seeAgain(false);
    if ((reading && reading.state !== 'zombie') || (unseen && performance.now() < unseen.until))
      return reading ?? read();
    const listener = await findListener(port, {signal});
    unseen = undefined;
    const pid = listener && serviceOf(listener);
    const info = pid === undefined ? undefined : readProcess(pid);
    const stranger =
      info !== undefined && processName !== undefined && !matchesName(info.pid, processName);
    if (info && !stranger && mayFollow(info.pid)) return known.see(info, 'port') ?? read();
    if (listener) {
      const who =
        listener.pid === undefined
          ? listener.command
          : message`process ${listener.pid} (${listener.command})`;
      unseen = {
        reason: message`port ${port} is held by ${who}`,
        until: performance.now() + (listener.pid === undefined ? BLIND_MS : 0),
      };
    }
    return read();
  }

  /** Whether a listener may be the next process of the target without an answer. */
  function mayFollow(pid: number): boolean {
    return !known.info || !lineage.hasFacts() || lineage.kinshipOf(pid) === 'successor';
  }
}

/** The service itself where a manager of the machine holds its socket too (socket activation). */
function serviceOf({pid, pids}: Listener): number | undefined {
  return pid === undefined || !isServiceManager(pid)
    ? pid
    : pids.find(holder => !isServiceManager(holder));
}
