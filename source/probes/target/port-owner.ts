import type {PortReading, ProbeResult} from '../../core/model/observation.ts';
import {message} from '../../core/text/message.ts';
import {findListener} from '../../io/net/listeners.ts';

export interface PortOwnerOptions {
  /** The address of its clients; a function where the probe of the port finds it. */
  readonly host: string | (() => string);
  readonly port: number;
  /** Whether a process belongs to the target. */
  readonly owns: (pid: number) => boolean;
}

export interface PortOwner {
  /** Finds the listener, at the price of reading every process; `port_foreign` when it is not the target's. */
  owner(signal: AbortSignal): Promise<ProbeResult>;
  /** Call it before the target starts: a present listener that is not the target's is no part of it, however well it answers. */
  noteStranger(signal: AbortSignal): Promise<void>;
  /**
   * Call it once while the target is healthy: a process in front of it (a proxy, a container's forwarder) is no stranger later.
   * One from before the start of agent2's own child is: returns its fault.
   */
  learn(signal: AbortSignal): Promise<ProbeResult | undefined>;
}

/** Finds the owner of a local port; an unknown owner is no fault. */
export function createPortOwner({host, port, owns}: PortOwnerOptions): PortOwner {
  let front: number | undefined;
  let stranger: number | undefined;
  let learnt = false;
  const hostOf = () => (typeof host === 'string' ? host : host());

  return {
    owner,
    async noteStranger(signal) {
      stranger = (await findListener(port, {host: hostOf(), signal}))?.pid;
      learnt = false;
    },
    async learn(signal) {
      if (learnt) return undefined;
      const result = await owner(signal);
      const holder = result.readings.port?.owner;
      if (holder && !holder.ours && holder.pid === stranger) return result;
      learnt = true;
      if (holder && !holder.ours) front = holder.pid;
      return undefined;
    },
  };

  async function owner(signal: AbortSignal): Promise<ProbeResult> {
    const listener = await findListener(port, {host: hostOf(), signal});
    if (!listener) return {readings: {port: {port, listening: false}}, faults: []};
    const {pid, command} = listener;
    if (pid === undefined) return {readings: {port: {port, listening: true}}, faults: []};
    const ours = pid === front || owns(pid);
    const reading: PortReading = {port, listening: true, owner: {pid, command, ours}};
    const text = message`port ${port} is held by process ${pid} (${command}), which is not the target's`;
    return {
      readings: {port: reading},
      faults: ours ? [] : [{probe: 'port', kind: 'port_foreign', port, pid, command, text}],
    };
  }
}
