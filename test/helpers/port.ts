import {createServer} from 'node:net';

/** Below those that the kernel gives to whoever asks for any, so that none of them is taken between here and its use. */
const FIRST = 20_000;
const EACH = 3_000;
/** Tests run in several processes at once: each has ports of its own. */
const mine = FIRST + ((Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % 4) * EACH;
// Another run beside this one begins elsewhere.
let next = Math.floor(Math.random() * EACH);

/** A loopback port that nothing listens on and nobody else of these tests is given. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < EACH; tries++) {
    const port = mine + (next++ % EACH);
    if (await canBeListenedOn(port)) return port;
  }
  throw new Error(`no port from ${mine} to ${mine + EACH - 1} is free`);
}

function canBeListenedOn(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
