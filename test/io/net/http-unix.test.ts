import {createServer as createHttpServer} from 'node:http';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {plainGet} from '../../../source/config/spec.ts';
import {targetFrom} from '../../../source/config/options/target.ts';
import {isSameAddress} from '../../../source/config/same-service.ts';
import {secretsIn} from '../../../source/config/secrets-in.ts';
import {readUnixUrl, unixAddressOf, withPath} from '../../../source/format/unix-url.ts';
import {createHttpProbe} from '../../../source/probes/http.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

async function serve(name = 'app.sock'): Promise<string> {
  const path = join(temporaryDirectory(), name);
  const server = createHttpServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, {location: '/health?x=1'}).end();
    else response.end(`${request.url} of ${request.headers.host}`);
  });
  onCleanup(() => void server.close());
  await new Promise<void>(resolve => server.listen(path, resolve));
  return path;
}

async function ask(url: string) {
  const {faults, readings} = await createHttpProbe(url, plainGet).inspect({
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    slowMs: 5_000,
  });
  return {faults, body: readings.api?.excerpt};
}

describe('a service on a unix socket', () => {
  test.each([
    ['/health?x=1', '/health?x=1'],
    ['', '/'],
    ['/moved', '/health?x=1'],
  ])('answers the path %j', async (path, asked) => {
    const socket = await serve();
    expect(await ask(`unix:${socket}:${path}`)).toEqual({
      faults: [],
      body: `${asked} of localhost`,
    });
  });

  test('may have a name with spaces and colons', async () => {
    const url = readUnixUrl(`unix:${await serve('my app:1.sock')}:/health`);
    expect(url.kind === 'url' && (await ask(url.url.href)).body).toBe('/health of localhost');
  });

  test('whose socket is not there is not listening', async () => {
    const socket = join(temporaryDirectory(), 'none.sock');
    expect((await ask(`unix:${socket}:/health`)).faults).toEqual([
      {
        probe: 'api',
        kind: 'connect_refused',
        text: `GET /health: nothing listens on ${socket}: there is no such socket`,
      },
    ]);
  });

  test('whose socket was left behind is not listening', async () => {
    const socket = join(temporaryDirectory(), 'left.sock');
    writeFileSync(socket, '');
    expect((await ask(`unix:${socket}:/health`)).faults).toMatchObject([{kind: 'connect_refused'}]);
  });
});

describe('the url of a unix socket', () => {
  test.each([
    ['unix:/run/app.sock:/health', '/run/app.sock', '/health'],
    ['unix:///run/app.sock', '/run/app.sock', '/'],
    ['unix:/run/app.sock:', '/run/app.sock', '/'],
    ['http+unix://%2Frun%2Fapp.sock/health?a=b', '/run/app.sock', '/health?a=b'],
    ['unix:/run/a:b.sock:/x:/y', '/run/a:b.sock', '/x:/y'],
    ['unix:/run/my%20app.sock:/', '/run/my app.sock', '/'],
  ])('%s names socket and path', (text, socket, path) => {
    const reading = readUnixUrl(text);
    expect(reading.kind === 'url' && unixAddressOf(reading.url)).toEqual({socket, path});
  });

  test.each([
    ['unix:app.sock:/health', /absolute path/],
    ['unix://run/app.sock', /absolute path/],
    ['unix:', /absolute path/],
    [`unix:/${'x'.repeat(107)}:/`, /has 108 bytes; the system allows 107/],
  ])('%s is refused with what to write instead', (url, says) => {
    expect(() => targetFrom(url, {}, undefined, '/')).toThrow(says);
    expect(() => targetFrom(url, {}, undefined, '/')).toThrow(/unix:\/run\/app\.sock:\/health/);
  });

  test('makes a local target without a port, named after the socket', () => {
    const {name, address, endpoint, local} = targetFrom(
      'http+unix://%2Frun%2Fweb%20app.sock/health?token=0123456789abcdef',
      {},
      undefined,
      '/',
    );
    expect({name, address, endpoint, local}).toEqual({
      name: 'web-app',
      address: 'unix:/run/web%20app.sock:/health',
      endpoint: undefined,
      local: true,
    });
  });

  test('keeps its secrets', () => {
    expect(secretsIn(['unix:/run/app.sock:/health?token=0123456789abcdef'])).toEqual([
      '0123456789abcdef',
    ]);
  });

  test('means the same service whatever its path', () => {
    expect(isSameAddress('unix:/run/a.sock:/x', 'unix:/run/a.sock:/y')).toBe(true);
    expect(isSameAddress('unix:/run/a.sock:/x', 'unix:/run/b.sock:/x')).toBe(false);
    expect(isSameAddress('unix:/run/a.sock:/x', 'http://127.0.0.1/x')).toBe(false);
  });

  test('takes another path', () => {
    expect(withPath(new URL('unix:/run/a.sock:/x?y'), '/z').href).toBe('unix:/run/a.sock:/z');
    expect(withPath(new URL('http://a:1/x?y'), '/z').href).toBe('http://a:1/z');
  });
});
