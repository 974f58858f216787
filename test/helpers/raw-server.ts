import {createServer, type Socket} from 'node:net';
import type {AddressInfo} from 'node:net';
import {onCleanup} from './cleanup.ts';

/** A server on loopback that sends these bytes after the first bytes of a request, and closes unless `stays`. Returns its port. */
export async function rawServer(
  answer: string | Buffer | ((socket: Socket, request: Buffer) => void),
  {stays = false}: {readonly stays?: boolean} = {},
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', request => {
      if (typeof answer === 'function') answer(socket, request);
      else if (stays) socket.write(answer);
      else socket.end(answer);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
