import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import {PROTOCOL} from '../../source/documents/control/hello.ts';
import {deltaText, stateText} from '../../source/documents/control/state.ts';
import type {State} from '../../source/core/model/state.ts';
import {onCleanup} from '../helpers/cleanup.ts';

/** What speaks as a monitor does over its socket, at the test's word. */
export interface FakeSocket {
  readonly requests: readonly unknown[];
  /** How often somebody attached. */
  attached(): number;
  /** Sends what changed to all that are attached. */
  show(state: State): void;
  /** Sends these very bytes. */
  write(bytes: string | Uint8Array): void;
  close(): Promise<void>;
}

export interface FakeOptions {
  readonly pid?: number;
  readonly protocol?: number;
  /** How requests are answered. */
  readonly answer?: readonly [status: number, body: string];
  /** Instead of all that: what a new connection gets. */
  readonly attach?: (response: ServerResponse) => void;
}

export async function fakeSocket(
  path: string,
  initial: State,
  {
    pid = 4242,
    protocol = PROTOCOL,
    answer = [200, '{"ok":true,"message":"done"}'],
    attach,
  }: FakeOptions = {},
): Promise<FakeSocket> {
  const requests: unknown[] = [];
  const streams = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let state = initial;
  let count = 0;
  const server = createServer((request, response) => void serve(request, response));
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  const close = async () => {
    const closed = new Promise(resolve => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onCleanup(close);
  return {
    requests,
    attached: () => count,
    show(next) {
      const delta = deltaText(state, next);
      state = next;
      if (delta !== undefined)
        for (const stream of streams) stream.write(`event: delta\ndata: ${delta}\n\n`);
    },
    write(bytes) {
      for (const stream of streams) stream.write(bytes);
    },
    close,
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'POST') {
      let body = '';
      for await (const part of request) body += String(part);
      requests.push({
        url: request.url,
        host: request.headers.host,
        body: JSON.parse(body) as unknown,
      });
      response.writeHead(answer[0], {'content-type': 'application/json'}).end(answer[1]);
      return;
    }
    count++;
    if (attach) return attach(response);
    response.writeHead(200, {'content-type': 'text/event-stream'});
    streams.add(response);
    response.on('close', () => streams.delete(response));
    response.write(
      `event: hello\ndata: ${JSON.stringify({protocol, version: '0.2.0', pid, stateDir: '/state', actions: {webui: 'node server.js'}})}\n\n`,
    );
    response.write(`event: state\ndata: ${stateText(state)}\n\n`);
  }
}
