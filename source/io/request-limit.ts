import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/**
 * Ends connections whose request does not come within `slowMs`, as node's own `requestTimeout` would; that one wakes up again and again while nobody
 * is connected, for weeks. The server is to be made with it and `headersTimeout` 0, and hears of such a request by `clientError`.
 */
export function limitRequests(server: Server, slowMs: number): void {
  const begun = new WeakMap<Socket, (request: IncomingMessage, response: ServerResponse) => void>();
  server.on('request', (request, response) => begun.get(request.socket)?.(request, response));
  server.on('connection', (socket: Socket) => {
    let request: IncomingMessage | undefined;
    let timer = wait(slowMs);
    socket.on('close', () => clearTimeout(timer));
    begun.set(socket, (next, response) => {
      request = next;
      response.on('close', () => {
        request = undefined;
        clearTimeout(timer);
        // It may idle as long as the server keeps it open, and then has to come.
        if (!socket.destroyed) timer = wait(2 * slowMs);
      });
    });

    function wait(ms: number): NodeJS.Timeout {
      return setTimeout(() => {
        if (!request?.complete) server.emit('clientError', Object.assign(new Error('request timeout'), {code: 'ERR_HTTP_REQUEST_TIMEOUT'}), socket);
      }, ms).unref();
    }
  });
}
