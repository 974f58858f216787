import type {ProcessReading} from '../../core/model/observation.ts';
import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {findListener} from '../../io/net/listeners.ts';
import {matchesName, readProcess} from '../../io/process/processes.ts';
import type {KnownProcess, ProcessFinder} from './known-process.ts';

/** The pause between searches for an invisible listener. */
const BLIND_MS = 60_000;

/** The process that listens on the target's port: only the thorough inspection searches for it. */
export function byPort(
  {port, processName}: {readonly port?: number; readonly processName?: string},
  known: KnownProcess,
): ProcessFinder {
  let unseen: {readonly reason: Text; readonly until: number} | undefined;

  return {read, inspect: async signal => ({reading: await search(signal)})};

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
    const info = listener?.pid === undefined ? undefined : readProcess(listener.pid);
    const stranger =
      info !== undefined && processName !== undefined && !matchesName(info.pid, processName);
    if (info && !stranger) return known.see(info, 'port') ?? read();
    if (listener) {
      const who =
        listener.pid === undefined
          ? listener.command
          : message`process ${listener.pid} (${listener.command})`;
      unseen = {
        reason: message`port ${port} is held by ${who}`,
        until: performance.now() + (stranger ? 0 : BLIND_MS),
      };
    }
    return read();
  }
}
