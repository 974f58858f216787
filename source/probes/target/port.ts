import type {Text} from '../../core/model/text.ts';
import type {Probe} from '../../contracts/probe.ts';
import type {Failure} from '../../core/model/fault.ts';
import {message} from '../../core/text/message.ts';
import {connect} from '../../io/net/tcp.ts';

/** Tests by connecting that a process listens: the cheapest proof, and the only one across hosts. */
export function createPortProbe({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Probe {
  return {
    kind: 'port',
    async inspect({signal, timeoutMs}) {
      const result = await connect({host, port, timeoutMs, signal});
      if (result.kind === 'open')
        return {readings: {port: {port, listening: true}}, faults: [], latencyMs: result.connectMs};
      return {readings: {port: {port, listening: false}}, faults: [closed(result)]};
    },
  };

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
