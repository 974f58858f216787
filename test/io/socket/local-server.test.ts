import {execFileSync, fork} from 'node:child_process';
import {existsSync, linkSync, lstatSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import {dirname, join} from 'node:path';
import {build} from 'esbuild';
import {afterEach, describe, expect, test} from 'vitest';
import {
  listenLocally,
  type Exchange,
  type LocalService,
} from '../../../source/io/socket/local-server.ts';
import {requestLocally} from '../../../source/io/socket/local-request.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeHome} from '../../helpers/home.ts';
import {root} from '../../helpers/root.ts';
import {hasTool} from '../../helpers/tool.ts';
import {PATIENCE_MS, until} from '../../helpers/until.ts';
import {render} from '../../../source/core/text/say.ts';

afterEach(cleanUp);

const newPath = () => join(makeHome().path, 'run', 'x.sock');

async function serve(path: string, service: Partial<LocalService> = {}) {
  const server = await listenLocally(path, {
    handle: exchange => exchange.answer(200, exchange.path),
    refusal: text => render(text),
    onProblem: () => undefined,
    ...service,
  });
  onCleanup(server.close);
  return server;
}

const get = (socketPath: string, path = '/hello') =>
  requestLocally({socketPath, method: 'GET', host: 'agent2', path, deadlineMs: PATIENCE_MS});

/** What is answered to bytes as they are, up to the end of the connection. */
function raw(path: string, text: string, keepOpen = true): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(path, () => (keepOpen ? socket.write(text) : socket.end(text)));
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket
      .on('end', () => resolve(answer))
      .on('error', error => (answer === '' ? reject(error) : resolve(answer)));
  });
}

function opened(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket)).on('error', reject);
    onCleanup(() => void socket.destroy());
  });
}

describe('a socket file', () => {
  test('can be read by its owner alone, whatever the umask, and is gone after the end', async () => {
    const path = newPath();
    const mask = process.umask(0);
    try {
      const server = await serve(path);
      expect(lstatSync(path).mode & 0o777).toBe(0o600);
      expect(process.umask()).toBe(0);
      expect(readdirSync(dirname(path))).toEqual(['x.sock']);
      expect(await get(path)).toEqual({kind: 'response', status: 200, text: '/hello'});
      await server.close();
      expect(existsSync(path)).toBe(false);
      expect(await get(path)).toEqual({kind: 'refused'});
    } finally {
      process.umask(mask);
    }
  });

  test('that nobody serves is replaced; one that somebody serves, or that is none, never', async () => {
    const path = newPath();
    const first = await serve(path);
    await expect(serve(path)).rejects.toThrow('is served by another process');
    expect(await get(path)).toMatchObject({text: '/hello'});
    // As kill -9 leaves it.
    const left = `${path}.left`;
    linkSync(path, left);
    await first.close();
    linkSync(left, path);
    expect(await get(path)).toEqual({kind: 'refused'});
    const second = await serve(path);
    expect(await get(path)).toMatchObject({text: '/hello'});
    await second.close();
    writeFileSync(path, 'precious');
    await expect(serve(path)).rejects.toThrow('is in the way');
  });

  test('that took the place of ours is left alone at the end, and its loss is seen', async () => {
    const path = newPath();
    const server = await serve(path);
    expect(server.isThere()).toBe(true);
    rmSync(path);
    expect(server.isThere()).toBe(false);
    await serve(path);
    await server.close();
    expect(await get(path)).toMatchObject({kind: 'response'});
  });
});

describe('a server that is treated badly', () => {
  test.each([
    ['nonsense', 'EHLO there\r\n\r\n', /^HTTP\/1\.1 400 .*that is no HTTP request$/s],
    ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\nHost: agent2\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 .*the headers are too long$/s,
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: agent2\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['zero bytes', '\0\0\0\0', /^HTTP\/1\.1 400 /],
  ])('refuses %s', async (_, text, answer) => {
    const path = newPath();
    await serve(path);
    expect(await raw(path, text)).toMatch(answer);
    expect(await get(path)).toMatchObject({status: 200});
  });

  test('cuts off a request that comes too slowly, in its headers or in its body', async () => {
    const path = newPath();
    await serve(path, {slowMs: 200, handle: exchange => void exchange.body()});
    const answers = await Promise.all([
      raw(path, 'GET / HTTP/1.1\r\nHost: ag'),
      raw(path, 'POST / HTTP/1.1\r\nHost: agent2\r\nContent-Length: 9\r\n\r\n123'),
    ]);
    for (const answer of answers)
      expect(answer).toMatch(/^HTTP\/1\.1 408 .*the request came too slowly$/s);
  });

  test('cuts off a second request on the same connection too, and no answer that takes its time', async () => {
    const path = newPath();
    await serve(path, {
      slowMs: 200,
      handle: exchange =>
        exchange.path === '/stream' ? void exchange.stream({}) : exchange.answer(200, 'first'),
    });
    const stream = await opened(path);
    let ended = false;
    stream.on('close', () => (ended = true)).on('error', () => undefined);
    stream.resume().write('GET /stream HTTP/1.1\r\nHost: agent2\r\n\r\n');
    expect(
      await raw(path, 'GET / HTTP/1.1\r\nHost: agent2\r\n\r\nGET / HTTP/1.1\r\nHost: ag'),
    ).toMatch(/^HTTP\/1\.1 200 .*first.*HTTP\/1\.1 408 .*the request came too slowly$/s);
    expect(ended).toBe(false);
  });

  test('reads no body above 16 KiB, whether its length was told or not', async () => {
    const path = newPath();
    const handle = async (exchange: Exchange) =>
      exchange.answer((await exchange.body()) === undefined ? 413 : 200, '');
    await serve(path, {handle: exchange => void handle(exchange)});
    const body = (bytes: number) =>
      requestLocally({
        socketPath: path,
        method: 'POST',
        host: 'agent2',
        path: '/',
        body: 'x'.repeat(bytes - 2),
        deadlineMs: PATIENCE_MS,
      });
    expect(await body(16 * 1024)).toMatchObject({status: 200});
    expect(await body(16 * 1024 + 1)).toMatchObject({status: 413});
    const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
    expect(
      await raw(
        path,
        `POST / HTTP/1.1\r\nHost: agent2\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(5)}`,
      ),
    ).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('tells those above the limit of connections, and serves again when some are gone', async () => {
    const path = newPath();
    await serve(path, {handle: exchange => exchange.answer(exchange.crowded ? 503 : 200, '')});
    const sockets = await Promise.all(Array.from({length: 128}, () => opened(path)));
    expect(await get(path)).toMatchObject({status: 503});
    sockets.slice(0, 5).forEach(socket => socket.destroy());
    await until(
      'a place is free',
      async () => ((await get(path)) as {status?: number}).status === 200,
    );
  });

  test('ends in time although a request is open', async () => {
    const path = newPath();
    let begun = () => {};
    const asked = new Promise<void>(resolve => (begun = resolve));
    const server = await serve(path, {handle: () => begun()});
    const open = get(path);
    await asked;
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await open).toMatchObject({kind: expect.stringMatching(/failed|refused/) as string});
  });
});

test.skipIf(!hasTool('prlimit', '--version'))(
  'a server is not there while no file descriptor is free to let anybody in with',
  async () => {
    const path = newPath();
    const file = join(dirname(path), 'server.mjs');
    const contents = `
    import {listenLocally} from './source/io/socket/local-server.ts';
    const server = await listenLocally(${JSON.stringify(path)}, {handle: exchange => exchange.answer(200, ''), refusal: text => render(text), onProblem: () => undefined});
    process.on('message', () => process.send(server.isThere())).send(true);`;
    await build({
      stdin: {contents, resolveDir: root, loader: 'ts'},
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: file,
      logLevel: 'error',
    });
    const server = fork(file, {execArgv: []});
    onCleanup(() => void server.kill('SIGKILL'));
    const messages: unknown[] = [];
    server.on('message', message => messages.push(message));
    await until('it listens', () => messages.length > 0);
    for (const free of [4_096, 5]) {
      execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${free}:4096`], {
        timeout: 10_000,
      });
      const {length} = messages;
      server.send('');
      await until('it answers', () => messages.length > length);
    }
    expect(messages).toEqual([true, true, false]);
  },
);
