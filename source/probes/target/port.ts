import type {Text} from '../../core/model/text.ts';
import type {Probe} from '../../contracts/probe.ts';
import type {Failure} from '../../core/model/fault.ts';
import {message} from '../../core/text/message.ts';
import {findListener, reachableAddresses} from '../../io/net/listeners.ts';
import {connect, type ConnectRequest, type ConnectResult} from '../../io/net/tcp.ts';

export interface PortProbeOptions {
  readonly host: string;
  readonly port: number;
  /** The port of a service of this machine, which may listen on another of its addresses than `host`. */
  readonly anywhere?: boolean;
  /** Whether a process is the target's, also after a restart. */
  readonly isOurs?: (pid: number) => boolean;
}

export interface PortProbe extends Probe {
  /** The address that answered last; `host` until one has. */
  address(): string;
}

/** Tests by connecting that a process listens: the cheapest proof, and the only one across hosts. */
export function createPortProbe({
  host,
  port,
  anywhere = false,
  isOurs = () => false,
}: PortProbeOptions): PortProbe {
  let address = host;
  /** The service is known by its address: a listener on another one is another service, unless the process is ours. */
  let isProven = false;

  return {
    kind: 'port',
    address: () => address,
    async inspect({signal, timeoutMs}) {
      const result = await open({port, timeoutMs, signal});
      if (result.kind === 'open')
        return {readings: {port: {port, listening: true}}, faults: [], latencyMs: result.connectMs};
      return {readings: {port: {port, listening: false}}, faults: [closed(result)]};
    },
  };

  async function open(request: Omit<ConnectRequest, 'host'>): Promise<ConnectResult> {
    const result = await connect({...request, host: address});
    if (result.kind === 'open') isProven = true;
    if (result.kind === 'open' || result.fault !== 'connect_refused' || !anywhere) return result;
    for (const other of await reachableAddresses(port)) {
      if (other === address || (isProven && !(await isOursAt(other, request.signal)))) continue;
      const there = await connect({...request, host: other});
      if (there.kind === 'failed') continue;
      address = other;
      isProven = true;
      return there;
    }
    return result;
  }

  async function isOursAt(other: string, signal?: AbortSignal): Promise<boolean> {
    const listener = await findListener(port, {host: other, signal});
    return listener?.pid !== undefined && isOurs(listener.pid);
  }

  function closed({fault, text}: {readonly fault: string; readonly text: Text}): Failure {
    if (fault === 'connect_timeout' || fault === 'dns_failed' || fault === 'connection_reset')
      return {probe: 'port', kind: fault, text};
    return {
      probe: 'port',
      kind: 'port_closed',
      text: message`nothing listens on port ${port} (${text})`,
    };
  }
}
