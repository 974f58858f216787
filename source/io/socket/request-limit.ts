import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/**
 * Ends connections whose request does not arrive within `slowMs`, as node's own `requestTimeout` would; that one wakes up periodically even
 * without connections. Create the server with it and `headersTimeout` at 0; it reports such a request by `clientError`.
 */
export function limitRequests(server: Server, slowMs: number): void {
  const begun = new WeakMap<Socket, (request: IncomingMessage, response: ServerResponse) => void>();
  server.on('request', (request, response) => begun.get(request.socket)?.(request, response));
  server.on('connection', (socket: Socket) => {
    let last: IncomingMessage | undefined;
    let unanswered = 0;
    let timer = wait(slowMs);
    socket.on('close', () => clearTimeout(timer));
    begun.set(socket, (next, response) => {
      last = next;
      unanswered++;
      response.on('close', () => {
        unanswered--;
        clearTimeout(timer);
        // The next request may come at any time while the connection is open, but must then arrive in time.
        if (!socket.destroyed && unanswered === 0) timer = wait(2 * slowMs);
      });
    });

    function wait(ms: number): NodeJS.Timeout {
      return setTimeout(() => {
        if (unanswered === 0 || !last?.complete)
          server.emit(
            'clientError',
            Object.assign(new Error('request timeout'), {code: 'ERR_HTTP_REQUEST_TIMEOUT'}),
            socket,
          );
      }, ms).unref();
    }
  });
}
