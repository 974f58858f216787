import {endpointOf, isLocal} from './address.ts';
import {unixAddressOf} from '../format/unix-url.ts';
import type {TargetSpec} from './spec.ts';

/** A target of a monitor, as far as it tells what it is and whether it is healed. */
export interface WatchedService {
  /** As its status shows it: a url, `host:port`, a command or a pid file. */
  readonly address: string;
  readonly process?: {readonly pid: number};
  /** Its fix repairs something. */
  readonly heals: boolean;
  readonly observing: boolean;
}

/** Two monitors that heal one service take each other's restarts for crashes; one that only watches is harmless. */
export function rivalry(
  one: WatchedService,
  other: WatchedService,
): 'none' | 'harmless' | 'rivals' {
  const pid = one.process?.pid;
  const sameProcess = pid !== undefined && pid === other.process?.pid;
  if (!sameProcess && !isSameAddress(one.address, other.address)) return 'none';
  return [one, other].every(({heals, observing}) => heals && !observing) ? 'rivals' : 'harmless';
}

/** The same host and port. On another machine several services may share those, so that the path counts too. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  if (a === undefined || b === undefined) return one === other;
  return a.host === b.host && a.port === b.port && (a.host === LOOPBACK || a.path === b.path);
}

/** Where the service itself listens: its own port where that is not the port of its url, as behind a proxy. Undefined without a port. */
export function listeningAddress({url, endpoint, address}: TargetSpec): string | undefined {
  if (endpoint === undefined) return url?.protocol === 'unix:' ? address : undefined;
  return url === undefined || endpointOf(url, undefined)?.port === endpoint.port
    ? address
    : `${url.hostname}:${endpoint.port}`;
}

const LOOPBACK = 'localhost';

function placeOf(
  address: string,
): {readonly host: string; readonly port: string; readonly path: string} | undefined {
  // The same socket is the same service, whatever path is asked for.
  const unix =
    /^unix:/.test(address) && URL.canParse(address) ? unixAddressOf(new URL(address)) : undefined;
  if (unix) return {host: LOOPBACK, port: unix.socket, path: unix.path};
  const text = /^https?:\/\//.test(address) ? address : `tcp://${address}`;
  if (!/^(https?:\/\/|\S+:\d{1,5}$)/.test(address) || !URL.canParse(text)) return undefined;
  const {protocol, hostname, port, pathname} = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    host: isLocal(host) ? LOOPBACK : host,
    port: port || (protocol === 'https:' ? '443' : '80'),
    path: pathname || '/',
  };
}
