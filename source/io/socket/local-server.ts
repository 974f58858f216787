import type {Text} from '../../core/model/text.ts';
import {chmodSync, closeSync, lstatSync, openSync, renameSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {connect, type Socket} from 'node:net';
import {dirname, join} from 'node:path';
import {message} from '../../core/text/message.ts';
import {errorCode} from '../error-code.ts';
import {limitRequests} from './request-limit.ts';

/** One HTTP request on a unix socket. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The connection is above the limit. */
  readonly crowded: boolean;
  /** The whole body; undefined when it is too long. Never settles when the client disconnects. */
  body(): Promise<string | undefined>;
  /** Answers once; drops an answer after another one or after the start of a stream. */
  answer(status: number, text: string, headers?: Readonly<Record<string, string>>): void;
  /** Begins an answer without an end. */
  stream(headers: Readonly<Record<string, string>>): Stream;
  /** Called once when the client is gone or answered. */
  onEnd(listener: () => void): void;
}

export interface Stream {
  write(bytes: Buffer): void;
  /** Bytes written but not consumed yet. */
  waiting(): number;
  /** Called when a backlog has been consumed. */
  onDrain(listener: () => void): void;
  end(): void;
  /** Ends it with the unconsumed rest. */
  drop(): void;
}

export interface LocalService {
  handle(exchange: Exchange): void;
  /** The body of the answer to a request that is not HTTP, too long or too slow. */
  refusal(message: Text): string;
  /** Receives later errors. */
  onProblem(error: Error): void;
  /** The time limit of a request's arrival. */
  readonly slowMs?: number;
}

export interface LocalServer {
  /** Whether the path still leads to this server, and it can accept a connection: the file may be removed, or no file descriptor left. */
  isThere(): boolean;
  /** Closes all connections, and removes the file if it is this server's. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 128;
const MAX_BODY_BYTES = 16 * 1024;
const MAX_HEADER_BYTES = 8 * 1024;
const SLOW_MS = 5_000;
const CLOSING_MS = 500;
const NEVER = 2 ** 31 - 1;

/**
 * Serves HTTP on a unix socket at `path`, readable and writable by its owner alone from its first moment. Replaces a stale
 * socket file, never a served one: then it throws, as for errors of the file system.
 */
export async function listenLocally(
  path: string,
  {handle, refusal, onProblem, slowMs = SLOW_MS}: LocalService,
): Promise<LocalServer> {
  if (await isServed(path)) throw new Error(`${path} is served by another process`);
  const sockets = new Set<Socket>();
  const crowded = new WeakSet<Socket>();
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: 0,
      requestTimeout: 0,
      keepAliveTimeout: slowMs,
      connectionsCheckingInterval: NEVER,
    },
    (request, response) => handle(exchangeOf(request, response, crowded.has(request.socket))),
  );
  limitRequests(server, slowMs);
  // Connections above the limit get an answer; those far above it are not accepted.
  server.maxConnections = 2 * MAX_CONNECTIONS;
  server.on('connection', socket => {
    if (sockets.size >= MAX_CONNECTIONS) crowded.add(socket);
    else sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', (error, socket) => refuse(error, socket as Socket, refusal));
  const inode = await bind(server, path);
  server.on('error', onProblem);
  return {
    isThere: () => inodeOf(path) === inode && hasFreeDescriptor(),
    async close() {
      if (inodeOf(path) === inode) rmSync(path, {force: true});
      const closed = new Promise(resolve => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Without a descriptor no connection can be accepted, and node may silently retry that as fast as it can. */
function hasFreeDescriptor(): boolean {
  try {
    closeSync(openSync('/dev/null', 'r'));
    return true;
  } catch (error) {
    return !['EMFILE', 'ENFILE'].includes(errorCode(error) ?? '');
  }
}

/** Binds a private name first, so that the right one appears at once, closed to others, and replaces a stale one. */
async function bind(server: Server, path: string): Promise<number | undefined> {
  const own = join(dirname(path), `.${process.pid}`);
  rmSync(own, {force: true});
  const mask = process.umask(0o177);
  const listening = new Promise<void>((resolve, reject) =>
    server.once('listening', resolve).once('error', reject),
  );
  try {
    // Binds before it returns.
    server.listen(own);
  } finally {
    process.umask(mask);
  }
  await listening;
  try {
    chmodSync(own, 0o600);
    const inode = inodeOf(own);
    renameSync(own, path);
    return inode;
  } catch (error) {
    server.close();
    rmSync(own, {force: true});
    throw error;
  }
}

function isServed(path: string): Promise<boolean> {
  const found = lstatSync(path, {throwIfNoEntry: false});
  if (!found) return Promise.resolve(false);
  if (!found.isSocket() && !found.isSymbolicLink())
    throw new Error(`${path} is in the way: it is no socket`);
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket
      .once('connect', () => resolve(true))
      .once('error', error =>
        ['ECONNREFUSED', 'ENOENT'].includes(errorCode(error) ?? '')
          ? resolve(false)
          : reject(error),
      );
    socket.once('connect', () => socket.destroy());
  });
}

function inodeOf(path: string): number | undefined {
  return lstatSync(path, {throwIfNoEntry: false})?.ino;
}

/** Answers a request that is not HTTP, too long or too slow. */
function refuse(error: Error, socket: Socket, refusal: LocalService['refusal']): void {
  if (!socket.writable || errorCode(error) === 'ECONNRESET') return void socket.destroy();
  const code = errorCode(error);
  const [status, text] =
    code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', message`the headers are too long`]
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', message`the request came too slowly`]
        : ['400 Bad Request', message`that is no HTTP request`];
  const body = refusal(text);
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  crowded: boolean,
): Exchange {
  // A client that disconnects midway is no error of the server.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  return {
    method: request.method ?? '',
    path: (request.url ?? '').replace(/^http:\/\/[^/]*/i, '').replace(/[?#].*$/, ''),
    host: request.headers.host,
    origin: request.headers.origin,
    crowded,
    body: () => bodyOf(request),
    answer(status, text, headers = {}) {
      if (response.headersSent || response.destroyed) return;
      // The unread rest of the body is useless, and must not be taken for the next request.
      if (!request.complete && hasBody(request)) response.shouldKeepAlive = false;
      response.writeHead(status, {...headers, 'content-length': Buffer.byteLength(text)}).end(text);
      request.resume();
    },
    stream(headers) {
      response.writeHead(200, headers);
      response.flushHeaders();
      return streamOf(response);
    },
    onEnd(listener) {
      if (response.destroyed || request.socket.destroyed) listener();
      else response.once('close', listener);
    },
  };
}

function streamOf(response: ServerResponse): Stream {
  return {
    write: bytes => void (response.destroyed || response.write(bytes)),
    waiting: () => response.writableLength,
    onDrain: listener => void response.on('drain', listener),
    end: () => void response.end(),
    drop: () => void response.destroy(),
  };
}

function hasBody({headers}: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES)
    return Promise.resolve(undefined);
  return new Promise(resolve => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MAX_BODY_BYTES) resolve(undefined);
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
}
