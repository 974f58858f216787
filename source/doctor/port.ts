import type {Remark} from '../contracts/examination.ts';
import {render, say} from '../core/text/say.ts';
import type {Observation} from '../core/model/observation.ts';
import {connect, peerOf} from '../io/net/tcp.ts';
import {findListener, listeningAddresses} from '../io/net/listeners.ts';
import {belongsTo} from '../io/process/processes.ts';
import {restartOf, startOf} from './shared/next.ts';
import type {Examination, Machine, Subject} from './shared/scene.ts';

/** Does a process listen, is it the service, and on which addresses? */
export const definition: Examination = {
  order: 20,
  about: 'target',
  what: () => say`port`,
  finds:
    'held by a stranger (pid and command), closed while the process lives, open on IPv6 or IPv4 alone, open to other machines, answered by another process',
  async examine(subject, scene, signal) {
    const {endpoint, local} = subject.spec;
    if (!endpoint || !local) return [];
    const observation = await scene.observe(subject);
    const foreign =
      observation.kind === 'failed'
        ? observation.faults.find(fault => fault.kind === 'port_foreign')
        : undefined;
    // The process of the pid file itself, under an unexpected name: no stranger to kill.
    if (foreign?.pid !== undefined && foreign.pid === pidIn(observation))
      return [
        {
          id: 'port_foreign',
          level: 'fail',
          seen: render(foreign.text),
          next: `ps -fp ${foreign.pid}`,
        },
      ];
    if (foreign)
      return [
        {
          id: 'port_foreign',
          level: 'fail',
          seen: say`${foreign.text}; stop it, or give one of the two another port`,
          next: foreign.pid === undefined ? listeners(endpoint.port) : `kill ${foreign.pid}`,
        },
      ];
    const addresses = await listeningAddresses(endpoint.port);
    if (!(await isOpen(endpoint, signal)))
      return [await closed(subject, observation, addresses, scene.machine, signal)];
    const other = await otherOwner(subject, observation, signal);
    if (other) return [other];
    return [
      exposed(addresses, endpoint.port) ?? {
        id: 'port',
        level: 'ok',
        seen:
          addresses.length === 0
            ? say`${endpoint.port} listens`
            : say`${endpoint.port} listens on ${addresses.join(', ')}`,
      },
    ];
  },
};

const CONNECT_MS = 1_000;
/** The second time. */
const PATIENT_MS = 2_000;

/** A refusal is certain. A timeout may come from the busy machine, so a second try decides. */
async function isOpen(
  endpoint: {readonly host: string; readonly port: number},
  signal: AbortSignal,
): Promise<boolean> {
  const first = await connect({...endpoint, timeoutMs: CONNECT_MS, signal});
  if (first.kind === 'open' || first.fault !== 'connect_timeout') return first.kind === 'open';
  return (await connect({...endpoint, timeoutMs: PATIENT_MS, signal})).kind === 'open';
}

function pidIn(observation: Observation): number | undefined {
  const process = observation.kind === 'inconclusive' ? undefined : observation.readings.process;
  return process && 'identity' in process ? process.identity.pid : undefined;
}

async function closed(
  subject: Subject,
  observation: Observation,
  addresses: readonly string[],
  machine: Machine,
  signal: AbortSignal,
): Promise<Remark> {
  const {host, port} = subject.spec.endpoint as {host: string; port: number};
  const elsewhere = await answering(addresses, port, signal);
  if (elsewhere !== undefined) {
    const {url} = subject.spec;
    const instead = url
      ? `agent2 check ${url.protocol}//${peerOf(elsewhere, port)}${url.pathname}`
      : listeners(port);
    return {
      id: 'port_other_address',
      level: 'fail',
      seen: say`nothing listens on ${peerOf(host, port)}, but something does on ${peerOf(elsewhere, port)}: the url has the wrong address, or the service binds the wrong one`,
      next: instead,
    };
  }
  const process = observation.kind === 'inconclusive' ? undefined : observation.readings.process;
  const restart = restartOf(subject, machine) ?? startOf(subject, machine);
  if (process && 'identity' in process)
    return {
      id: 'port_closed',
      level: 'fail',
      seen: say`process ${process.identity.pid} is alive, but nothing listens on ${peerOf(host, port)}: it is still starting, hangs, or uses another port`,
      next: restart ?? `ss -ltnp | grep pid=${process.identity.pid},`,
    };
  return {
    id: 'port_closed',
    level: 'fail',
    seen: say`nothing listens on ${peerOf(host, port)}`,
    next: startOf(subject, machine) ?? listeners(port),
  };
}

/** An address with a listener that accepts a connection from here. */
async function answering(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const hosts =
    addresses.length > 0
      ? addresses.filter(address => address !== '0.0.0.0' && address !== '::')
      : ['127.0.0.1', '::1'];
  for (const host of hosts.slice(0, 4)) {
    if (
      (await connect({host, port, timeoutMs: CONNECT_MS, signal})).kind === 'open' &&
      (await findListener(port, {host, signal}))
    )
      return host;
  }
  return undefined;
}

/** A monitor accepts any listener that answers well, since it may stand in front of the service. Only a person can say whether it does. */
async function otherOwner(
  subject: Subject,
  observation: Observation,
  signal: AbortSignal,
): Promise<Remark | undefined> {
  const process = observation.kind === 'inconclusive' ? undefined : observation.readings.process;
  if (!process || !('identity' in process) || process.via === 'port') return undefined;
  const {host, port} = subject.spec.endpoint as {host: string; port: number};
  const listener = await findListener(port, {host, signal});
  if (listener?.pid === undefined || belongsTo(listener.pid, process.identity.pid))
    return undefined;
  return {
    id: 'port_other_process',
    level: 'warn',
    seen: say`${port} is answered by process ${listener.pid} (${listener.command}), not by process ${process.identity.pid} of the pid file; is that a proxy in front of it, or another copy of it?`,
    next: `ps -fp ${listener.pid},${process.identity.pid}`,
  };
}

function exposed(addresses: readonly string[], port: number): Remark | undefined {
  const every = addresses.find(address => address === '0.0.0.0' || address === '::');
  if (every === undefined) return undefined;
  return {
    id: 'port_exposed',
    level: 'warn',
    seen: say`${port} listens on every address (${every}): without a firewall other machines reach it too; bind it to 127.0.0.1`,
    next: listeners(port),
  };
}

function listeners(port: number): string {
  return `ss -ltnp 'sport = :${port}'`;
}
