/**
 * One process that plays many services: listens on the given number of ports, answers every path with a small JSON, and records the time of each request.
 * Its parent asks for those times over IPC; without a parent, or after LIFE_MS, it ends.
 */
import {createServer} from 'node:http';

const LIFE_MS = 30 * 60_000;
const BODY = JSON.stringify({
  status: 'ok',
  version: '1.4.2',
  checks: {database: 'ok', cache: 'ok'},
});
const HEADERS = {'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY)};

let asked = [];
const servers = Array.from({length: Number(process.argv[2])}, () =>
  createServer((request, response) => {
    const [, kind, target] = request.url.split('/');
    asked.push([Number(target), performance.timeOrigin + performance.now()]);
    if (kind === 'hanging') return;
    response.writeHead(kind === 'failing' ? 503 : 200, HEADERS).end(BODY);
  }),
);

const ports = await Promise.all(
  servers.map(
    server =>
      new Promise((resolve, reject) =>
        server
          .once('error', reject)
          .listen(0, '127.0.0.1', 511, () => resolve(server.address().port)),
      ),
  ),
);
process.send({ports});
process.on('message', () => {
  process.send({asked});
  asked = [];
});
process.on('disconnect', () => process.exit(0));
setTimeout(() => process.exit(0), LIFE_MS);
