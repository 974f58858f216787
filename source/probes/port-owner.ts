import type {PortReading, ProbeResult} from '../core/observation.ts';
import {findListener} from '../io/listeners.ts';

export interface PortOwnerOptions {
  readonly host: string;
  readonly port: number;
  /** Whether a process is the target's. */
  readonly owns: (pid: number) => boolean;
}

export interface PortOwner {
  /** Who listens, at the price of a look at every process; `port_foreign` when it is somebody else. */
  owner(signal: AbortSignal): Promise<ProbeResult>;
  /** While all is well: a process in front of the target (a proxy, a container's forwarder) is no stranger later. Looks once. */
  learn(signal: AbortSignal): Promise<void>;
}

/** Who owns a local port. Nobody is accused where that cannot be told. */
export function createPortOwner({host, port, owns}: PortOwnerOptions): PortOwner {
  let front: number | undefined;
  let learnt = false;

  return {
    async owner(signal) {
      const listener = await findListener(port, {host, signal});
      if (!listener) return {readings: {port: {port, listening: false}}, faults: []};
      const {pid, command} = listener;
      if (pid === undefined) return {readings: {port: {port, listening: true}}, faults: []};
      const ours = pid === front || owns(pid);
      const reading: PortReading = {port, listening: true, owner: {pid, command, ours}};
      const text = `port ${port} is held by process ${pid} (${command}), which is not ours`;
      return {readings: {port: reading}, faults: ours ? [] : [{probe: 'port', kind: 'port_foreign', port, pid, command, text}]};
    },
    async learn(signal) {
      if (learnt) return;
      const listener = await findListener(port, {host, signal});
      learnt = true;
      if (listener?.pid !== undefined && !owns(listener.pid)) front = listener.pid;
    },
  };
}
