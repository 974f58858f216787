import {connect, isIP, type Socket} from 'node:net';
import type {ConnectionEnds} from './hang-look.ts';
import type {Text} from '../../core/model/text.ts';
import {whyInvalid} from './certificate-reason.ts';
import type {Stage} from './net-fault.ts';
import {lookupName} from './lookup.ts';
import type {TlsClient} from './tls-client.ts';

/** One fresh connection to the host of a url, opened for one exchange. */
export interface Connection {
  readonly stage: Exclude<Stage, 'reading'>;
  /** From the opening to the connection, name lookup included; undefined until then. */
  readonly connectMs: number | undefined;
  /** The addresses of both ends, once it is opened. */
  readonly ends: ConnectionEnds;
  open(events: ConnectionEvents): void;
  send(bytes: Buffer): void;
  /** Calls no handler any more. */
  close(): void;
}

interface ConnectionEvents {
  /** Connected, and secured for TLS. */
  onReady(): void;
  onData(chunk: Buffer): void;
  onEnd(): void;
  /** Secured, but the certificate is not to be trusted, for this reason. */
  onUntrusted(reason: Text): void;
  onError(error: Error): void;
}

type Connector = () => {
  readonly socket: Socket;
  readonly ready: 'connect' | 'secureConnect';
  /** Why the certificate of the peer is not to be trusted; undefined for a good one. */
  distrust?(): Text | undefined;
};

/** Where to connect instead of the host of the url, and how to secure it. */
export interface DialOptions {
  /** The path of a unix socket. */
  readonly socketPath?: string;
  readonly tls?: TlsClient;
}

/** Opens nothing yet. Rejects with a `TextError` when a file of `tls` cannot be used. */
export async function dial(url: URL, {socketPath, tls}: DialOptions = {}): Promise<Connection> {
  const host = bareHost(url);
  const connector =
    socketPath !== undefined
      ? overUnix(socketPath)
      : url.protocol === 'https:'
        ? await overTls(host, url.port, tls)
        : overTcp(host, url);
  let socket: Socket | undefined;
  let stage: Exclude<Stage, 'reading'> =
    socketPath !== undefined || isIP(host) ? 'connecting' : 'resolving';
  let connectMs: number | undefined;
  return {
    get stage() {
      return stage;
    },
    get connectMs() {
      return connectMs;
    },
    get ends() {
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      const {localAddress, localPort, remoteAddress} = socket ?? {};
      if (connectMs === undefined || remoteAddress === undefined || localAddress === undefined)
        return {remote: {address: host, port}};
      return {
        local: {address: localAddress, port: localPort ?? 0},
        remote: {address: remoteAddress, port},
      };
    },
    open({onReady, onData, onEnd, onUntrusted, onError}) {
      const startedAt = performance.now();
      const dialled = connector();
      socket = dialled.socket;
      if (stage === 'resolving')
        socket.on('lookup', error => {
          if (!error) stage = 'connecting';
        });
      socket.once('connect', () => {
        connectMs = performance.now() - startedAt;
        stage = dialled.ready === 'connect' ? 'waiting' : 'securing';
        if (dialled.ready === 'connect') onReady();
      });
      if (dialled.ready === 'secureConnect')
        socket.once('secureConnect', () => {
          const reason = dialled.distrust?.();
          if (reason !== undefined) return onUntrusted(reason);
          stage = 'waiting';
          onReady();
        });
      socket.on('data', onData);
      socket.on('end', onEnd);
      // Stays after the end, for late errors of an abandoned socket.
      socket.on('error', onError);
    },
    send: bytes => void socket?.write(bytes),
    close: () => void socket?.destroy(),
  };
}

function overTcp(host: string, {port}: URL): Connector {
  return () => ({
    socket: connect({host, port: Number(port || 80), lookup: lookupName}),
    ready: 'connect',
  });
}

function overUnix(path: string): Connector {
  return () => ({socket: connect({path}), ready: 'connect'});
}

/** Loads TLS only when an address needs it. agent2 judges the certificate itself, before it sends anything: OpenSSL's reasons are no sentences. */
async function overTls(
  host: string,
  port: string,
  {servername = host, allowSelfSigned = false, context}: Partial<TlsClient> = {},
): Promise<Connector> {
  const tls = await import('node:tls');
  const options = {
    host,
    port: Number(port || 443),
    lookup: lookupName,
    ...(isIP(servername) ? {} : {servername}),
    secureContext: await context?.(),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
  return () => {
    const socket = tls.connect(options);
    return {
      socket,
      ready: 'secureConnect',
      distrust() {
        const certificate = socket.getPeerCertificate();
        return whyInvalid(certificate, {
          authorizationError: socket.authorized ? undefined : socket.authorizationError,
          allowSelfSigned,
          mismatch: tls.checkServerIdentity(servername, certificate),
        });
      },
    };
  };
}

/** A url writes `[::1]`, a socket `::1`. */
function bareHost({hostname}: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
