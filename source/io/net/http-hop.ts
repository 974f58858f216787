import {connect, isIP, type Socket} from 'node:net';
import type Client from 'undici/lib/dispatcher/client.js';
import {say} from '../../core/text/say.ts';
import {faultOf, isOurOwn, lateFault, type NetFault, type Stage} from './net-fault.ts';

export interface Hop {
  readonly url: URL;
  readonly method: string;
  /** Beside those that every request has; a name given here wins. Never told. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `at` on the monotonic clock; `text` is the whole time limit in words. */
  readonly deadline: {readonly at: number; readonly text: string};
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal;
}

export interface HopAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly location?: string;
  readonly encoding: string;
  readonly body: Buffer;
  readonly truncated: boolean;
  readonly connectMs: number;
  /** On the monotonic clock, as `endAt` is. */
  readonly firstByteAt: number;
  readonly endAt: number;
}

export interface HopFailure extends NetFault {
  readonly kind: 'failed';
  readonly connected: boolean;
  readonly connectMs?: number;
}

/** One request and its answer over one fresh connection, redirects not followed. The body of a redirect is not read. */
export async function hop({
  url,
  method,
  headers,
  body,
  deadline,
  maxBodyBytes,
  signal,
}: Hop): Promise<HopAnswer | HopFailure> {
  const [dial, {default: UndiciClient}] = await Promise.all([dialler(url), loadClient()]);
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const line = openLine(UndiciClient, url, dial);
    const chunks: Buffer[] = [];
    let size = 0;
    let head: {status: number; location?: string; encoding: string; at: number} | undefined;

    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // First the outcome: closing makes the client report an error of its own at once.
      settle();
      line.close();
    };
    const answer = (truncated: boolean) => {
      const {
        status,
        location,
        encoding,
        at: firstByteAt,
      } = head ?? {status: 0, encoding: '', at: 0};
      const read = Buffer.concat(chunks).subarray(0, maxBodyBytes);
      end(() =>
        resolve({
          kind: 'answer',
          status,
          location,
          encoding,
          body: read,
          truncated,
          connectMs: line.connectMs ?? 0,
          firstByteAt,
          endAt: performance.now(),
        }),
      );
    };
    const failed = (fault: NetFault) =>
      end(() =>
        resolve({
          kind: 'failed',
          ...fault,
          connected: line.connectMs !== undefined,
          connectMs: line.connectMs,
        }),
      );
    const stage = (): Stage => (head ? 'reading' : line.stage);
    const late = (): NetFault =>
      head
        ? {
            fault: 'response_timeout',
            text: say`answered ${head.status}, but the body did not end within ${deadline.text} (${size} bytes so far)`,
          }
        : lateFault(line.stage, {
            peer: peerOf(url),
            limit: deadline.text,
            connectMs: line.connectMs,
          });
    const abort = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => failed(late()), Math.max(0, deadline.at - performance.now()));
    signal?.addEventListener('abort', abort);

    line.client.dispatch(
      {
        path: url.pathname + url.search,
        method,
        headers: {...usualHeaders, ...lowerCased(headers)},
        body,
        reset: true,
      },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, status, fields) => {
          if (status < 200) return;
          head = {
            status,
            location: one(fields.location),
            encoding: (one(fields['content-encoding']) ?? '').trim().toLowerCase(),
            at: performance.now(),
          };
          if (status >= 300 && status < 400 && head.location !== undefined) answer(false);
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > maxBodyBytes) answer(true);
        },
        onResponseEnd: () => answer(false),
        onResponseError: (_controller, error) =>
          isOurOwn(error) ? end(() => reject(error)) : failed(faultOf(error, stage(), peerOf(url))),
      },
    );
  });
}

const usualHeaders = {
  'accept': 'application/json, */*',
  'accept-encoding': 'identity',
  'user-agent': 'agent2',
};

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** Loaded with the first request rather than at start: a screen is drawn sooner without. */
const loadClient = () => import('undici/lib/dispatcher/client.js');

interface Line {
  readonly client: Client;
  readonly stage: Exclude<Stage, 'reading'>;
  readonly connectMs: number | undefined;
  close(): void;
}

/** A client with a connector of our own, so that every stage is timed and can be broken off. */
function openLine(
  UndiciClient: typeof Client,
  url: URL,
  dial: (url: URL) => {socket: Socket; ready: 'connect' | 'secureConnect'},
): Line {
  const startedAt = performance.now();
  let socket: Socket | undefined;
  let stage: Exclude<Stage, 'reading'> = isIP(bare(url.hostname)) ? 'connecting' : 'resolving';
  let connectMs: number | undefined;
  const client = new UndiciClient(url.origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const dialled = dial(url);
      socket = dialled.socket;
      const refused = (error: Error) => callback(error, null);
      socket.setNoDelay(true);
      socket.on('lookup', error => {
        if (!error) stage = 'connecting';
      });
      socket.once('connect', () => {
        connectMs = performance.now() - startedAt;
        stage = dialled.ready === 'connect' ? 'waiting' : 'securing';
      });
      socket.once('error', refused);
      socket.once(dialled.ready, () => {
        stage = 'waiting';
        dialled.socket.off('error', refused);
        callback(null, dialled.socket);
      });
    },
  });
  return {
    client,
    get stage() {
      return stage;
    },
    get connectMs() {
      return connectMs;
    },
    close: () => {
      client.destroy(null, () => undefined);
      // Late errors of a socket that nobody waits for any more.
      socket?.on('error', () => undefined);
      socket?.destroy();
    },
  };
}

/** TLS is loaded when an address needs it. */
async function dialler(
  url: URL,
): Promise<(url: URL) => {socket: Socket; ready: 'connect' | 'secureConnect'}> {
  const host = bare(url.hostname);
  if (url.protocol !== 'https:')
    return () => ({socket: connect({host, port: Number(url.port || 80)}), ready: 'connect'});
  const tls = await import('node:tls');
  const options = {
    host,
    port: Number(url.port || 443),
    ...(isIP(host) ? {} : {servername: host}),
    ALPNProtocols: ['http/1.1'],
  };
  return () => ({socket: tls.connect(options), ready: 'secureConnect'});
}

function peerOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
}

/** `[::1]` is how a url writes it, `::1` how a socket does. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)]$/, '$1');
}

function one(field: string | readonly string[] | undefined): string | undefined {
  return typeof field === 'string' ? field : field?.[0];
}
