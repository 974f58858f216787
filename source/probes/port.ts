import type {Probe} from '../contracts/probe.ts';
import type {Fault} from '../core/fault.ts';
import type {PortReading} from '../core/observation.ts';
import {findListener} from '../io/listeners.ts';
import {matchesName} from '../io/processes.ts';
import {connect} from '../io/tcp.ts';

export interface PortProbeOptions {
  readonly host: string;
  readonly port: number;
  /** On this machine: only there can be told who listens. */
  readonly local: boolean;
  /** Whether a process is the target's. */
  readonly owns: (pid: number) => boolean;
  readonly processName?: string;
}

export interface PortProbe extends Probe {
  /** Who listens, at the price of a look at every process. Without an owner where that could not be told; rejects when `signal` is aborted. */
  readOwner(signal?: AbortSignal): Promise<PortReading>;
}

const FORWARDED_MS = 1_000;

/** Whether somebody listens, proven by connecting, and after a port was closed or is new to us also who. */
export function createPortProbe({host, port, local, owns, processName}: PortProbeOptions): PortProbe {
  let ownerIsDue = true;

  async function readOwner(signal?: AbortSignal): Promise<PortReading> {
    const listener = local ? await findListener(port, {host, signal}) : undefined;
    // What forwards a port (a container's, a remote host's) is seen by connecting alone.
    if (!listener) return {port, listening: (await connect({host, port, timeoutMs: FORWARDED_MS, signal})).kind === 'open'};
    const {pid, command} = listener;
    if (pid === undefined) return {port, listening: true};
    const ours = owns(pid) || (processName !== undefined && matchesName(pid, processName));
    return {port, listening: true, owner: {pid, command, ours}};
  }

  return {
    kind: 'port',
    readOwner,
    async look({signal, timeoutMs}) {
      const result = await connect({host, port, timeoutMs, signal});
      if (result.kind === 'failed') {
        ownerIsDue = true;
        return {readings: {port: {port, listening: false}}, faults: [closed(result)]};
      }
      if (!local || !ownerIsDue) return {readings: {port: {port, listening: true}}, faults: []};
      const reading: PortReading = {...(await readOwner(signal)), listening: true};
      const foreign = reading.owner && !reading.owner.ours ? reading.owner : undefined;
      ownerIsDue = foreign !== undefined;
      return {readings: {port: reading}, faults: foreign ? [taken(foreign)] : []};
    },
  };

  function closed({fault, text}: {readonly fault: string; readonly text: string}): Fault {
    if (fault === 'connect_timeout' || fault === 'dns_failed' || fault === 'connection_reset') return {probe: 'port', kind: fault, text};
    return {probe: 'port', kind: 'port_closed', text: `nothing listens on port ${port} (${text})`};
  }

  function taken({pid, command}: {readonly pid: number; readonly command: string}): Fault {
    return {probe: 'port', kind: 'port_foreign', port, pid, command, text: `port ${port} is held by process ${pid} (${command}), which is not ours`};
  }
}
