/**
 * The service that `agent2 demo` watches and breaks: real HTTP, its own process, loopback only. It uses only node:http and
 * imports nothing of agent2, so that it starts about as fast as node itself.
 *
 *   node demo-service.js [--port N] [--pid-file F] [--start-delay MS] [--with-parent]
 *
 * Prints one line `{"port":…,"pid":…}` once it listens. `POST /fault/NAME` breaks it while it runs; a restart ends every fault.
 */
import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {parseArgs} from 'node:util';

const HOST = '127.0.0.1';
const SLOW_MS = 3_500;
const PARENT_LOOK_MS = 1_000;
const BLOCKED_MS = 600_000;

type Fault =
  {readonly name: 'ok' | 'hang' | 'error' | 'down'} | {readonly name: 'slow'; readonly ms: number};

const {values: options} = parseArgs({
  options: {
    'port': {type: 'string', default: '0'},
    'pid-file': {type: 'string'},
    'start-delay': {type: 'string', default: '0'},
    'with-parent': {type: 'boolean', default: false},
  },
});

const startDelayMs = Number(options['start-delay']);
if (startDelayMs > 0) setTimeout(start, startDelayMs);
else start();

function start(): void {
  let fault: Fault = {name: 'ok'};
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    const asked = /^\/fault\/(\w+)$/.exec(url.pathname)?.[1];
    if (asked !== undefined)
      fault =
        setFault(request, response, asked, Number(url.searchParams.get('ms') ?? SLOW_MS)) ?? fault;
    else if (url.pathname === '/api/health') sendHealth(response, fault);
    else if (url.pathname === '/')
      send(
        response,
        200,
        '<!doctype html><title>demo</title><p>The demo service of agent2. Its health: <a href="/api/health">/api/health</a>',
        'text/html',
      );
    else send(response, 404, {error: `nothing at ${url.pathname}`});
  });
  server.on('error', error => {
    process.stderr.write(`demo service: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(Number(options.port), HOST, () => announce(server));
}

/** Writes the pid file once the port is open, because its reader may connect at once. */
function announce(server: Server): void {
  const {port} = server.address() as AddressInfo;
  const pidFile = options['pid-file'];
  if (pidFile !== undefined) {
    writeFileSync(`${pidFile}.${process.pid}`, `${process.pid}\n`);
    renameSync(`${pidFile}.${process.pid}`, pidFile);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(pidFile));
  if (options['with-parent']) leaveWithParent(process.ppid, pidFile);
  // A missing reader of this line must not end the service.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${JSON.stringify({port, pid: process.pid})}\n`);
}

/** Keeps a pid file that already names a successor. */
function leave(pidFile: string | undefined): never {
  if (
    pidFile !== undefined &&
    existsSync(pidFile) &&
    readFileSync(pidFile, 'utf8') === `${process.pid}\n`
  )
    rmSync(pidFile, {force: true});
  process.exit(0);
}

/** A killed parent cannot stop this process, so it ends itself once its parent is another one. */
function leaveWithParent(parent: number, pidFile: string | undefined): void {
  setInterval(() => {
    if (process.ppid !== parent) leave(pidFile);
  }, PARENT_LOOK_MS).unref();
}

/** The requested fault, or undefined after a refusal. Refuses web pages, which send an origin. */
function setFault(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  ms: number,
): Fault | undefined {
  if (request.method !== 'POST' || request.headers.origin !== undefined) {
    send(response, 405, {error: 'POST it, and not from a web page'});
    return undefined;
  }
  switch (name) {
    case 'ok':
    case 'hang':
    case 'error':
    case 'down':
      send(response, 200, {fault: name});
      return {name};
    case 'slow':
      send(response, 200, {fault: name, ms});
      return {name, ms};
    case 'crash':
      // SIGKILL: no handler runs, and the pid file stays.
      response.on('finish', () => process.kill(process.pid, 'SIGKILL'));
      send(response, 200, {fault: name});
      return undefined;
    case 'deadlock':
    case 'loop':
      response.on('finish', () => block(name));
      send(response, 200, {fault: name});
      return undefined;
    default:
      send(response, 404, {
        error: `no fault ${name}; there are crash, hang, deadlock, loop, slow, error, down and ok`,
      });
      return undefined;
  }
}

/** Keeps the only thread from accepting and answering: asleep, or at work. It ends some day, for a service that nobody watches. */
function block(how: 'deadlock' | 'loop'): void {
  if (how === 'deadlock') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCKED_MS);
  else for (const end = performance.now() + BLOCKED_MS; performance.now() < end;);
}

function sendHealth(response: ServerResponse, fault: Fault): void {
  switch (fault.name) {
    case 'ok':
      return send(response, 200, health('ok'));
    case 'down':
      return send(response, 200, health('down'));
    case 'error':
      return send(response, 500, {error: 'the demo was told to fail'});
    case 'slow':
      setTimeout(() => send(response, 200, health('ok')), fault.ms);
      return;
    case 'hang':
      return;
  }
}

/** A health answer in the format of AgentOS. */
function health(status: 'ok' | 'down'): object {
  return {
    status,
    uptime: Math.round(process.uptime() * 10) / 10,
    version: 'demo',
    components: {database: status, queue: 'ok'},
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: object | string,
  type = 'application/json',
): void {
  response.writeHead(status, {'content-type': type});
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
