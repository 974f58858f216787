import {once} from 'node:events';
import {createServer, type RequestListener} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {createServer as createNetServer, type AddressInfo, type Server} from 'node:net';
import {afterEach, describe, expect, test} from 'vitest';
import {plainGet} from '../../source/config/spec.ts';
import type {HttpSpec} from '../../source/contracts/probe.ts';
import {diagnose, isSome} from '../../source/core/check/diagnosis.ts';
import type {Cause} from '../../source/core/model/cause.ts';
import type {Failure} from '../../source/core/model/fault.ts';
import {render} from '../../source/core/text/say.ts';
import {createHttpProbe} from '../../source/probes/http.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {freePort} from '../helpers/port.ts';
import {rawServer} from '../helpers/raw-server.ts';
import {makeCertificate} from '../helpers/tls/certificate.ts';

afterEach(cleanUp);

/** Nobody trusts it. */
const secured = () => {
  const server = createTlsServer(makeCertificate(), GOOD);
  server.on('tlsClientError', () => undefined);
  return server;
};

const LOGIN = '<html><form action="/login">Please sign in</form></html>';
const JSON_OK: Partial<HttpSpec> = {expect: [{path: 'status', equals: 'ok'}]};
const TEXT_OK: Partial<HttpSpec> = {expectText: 'ok'};

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A page of any path but `/h`, which answers by `h`. */
interface Pages {
  h: RequestListener;
  page: RequestListener;
}

const send =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
const GOOD = send(200, '{"status":"ok"}');

async function service(pages: Pages): Promise<number> {
  return listen(
    createServer((request, response) =>
      (request.url === '/h' ? pages.h : pages.page)(request, response),
    ),
  );
}

function probeOf(port: number, spec: Partial<HttpSpec>) {
  const probe = createHttpProbe(`http://127.0.0.1:${port}/h`, {...plainGet, ...spec});
  return async () => {
    const {faults} = await probe.inspect({
      signal: new AbortController().signal,
      timeoutMs: 5_000,
      slowMs: 5_000,
    });
    return faults;
  };
}

function causeOf(faults: readonly Failure[], proven = true): Cause | undefined {
  return isSome(faults) ? diagnose(faults, {local: true, proven}) : undefined;
}

describe('a service that was good and now redirects', () => {
  test.each<[number, string, Partial<HttpSpec>, string]>([
    [302, '/login', JSON_OK, 'the body is not JSON, it starts with <html>'],
    [303, '/users/sign_in', JSON_OK, 'the body is not JSON'],
    [307, '/auth?rd=%2Fh', JSON_OK, 'the body is not JSON'],
    [301, '/maintenance.html', JSON_OK, 'the body is not JSON'],
    [308, '/login', TEXT_OK, 'the body does not contain ok'],
  ])(
    'with %i to %s rejects the request, and the fault names both',
    async (status, to, spec, why) => {
      const pages = {h: GOOD, page: send(200, LOGIN, {'content-type': 'text/html'})};
      const port = await service(pages);
      const inspect = probeOf(port, spec);
      expect(await inspect()).toEqual([]);
      pages.h = send(status, '', {location: to});
      const faults = await inspect();
      expect(causeOf(faults)).toBe('refused');
      const location = `http://127.0.0.1:${port}${to.replace(/\?.*/, '')}`;
      expect(faults).toMatchObject([{kind: 'status_unexpected', status, location}]);
      expect(render(faults[0]!.text)).toContain(
        `GET /h, redirected with ${status} to ${location}: ${why}`,
      );
      pages.h = GOOD;
      expect(await inspect()).toEqual([]);
    },
  );

  test.each<[string, number, string]>([
    ['a login page', 200, LOGIN],
    ['a page that says when it is back', 200, '{"status":"maintenance"}'],
    ['a page that names a database', 200, '<html>The database is down for an upgrade</html>'],
    ['an error', 500, 'oops'],
    ['an error of a proxy', 502, 'bad gateway'],
  ])('to another port with %s rejects the request', async (_, status, body) => {
    const other = await listen(createServer(send(status, body)));
    const pages = {h: GOOD, page: GOOD};
    const inspect = probeOf(await service(pages), JSON_OK);
    await inspect();
    pages.h = send(302, '', {location: `http://127.0.0.1:${other}/login`});
    const faults = await inspect();
    expect(causeOf(faults)).toBe('refused');
    expect(render(faults[0]!.text)).toContain(`to http://127.0.0.1:${other}/login: `);
  });

  test.each<[string, () => Promise<number>]>([
    ['where nobody listens', freePort],
    ['with a certificate that nobody trusts', () => listen(secured())],
    ['that hangs up', () => rawServer(socket => socket.destroy())],
  ])('to a port %s rejects the request', async (_, listensOn) => {
    const other = await listensOn();
    const pages = {h: GOOD, page: GOOD};
    const inspect = probeOf(await service(pages), {});
    await inspect();
    pages.h = send(301, '', {location: `https://127.0.0.1:${other}/h`});
    const faults = await inspect();
    expect(causeOf(faults)).toBe('refused');
    expect(render(faults[0]!.text)).toContain(
      `GET /h: status 301 redirects to https://127.0.0.1:${other}/h, which fails: `,
    );
  });

  test.each<[string, number, string, Partial<HttpSpec>, Cause]>([
    ['an error', 500, 'oops', {}, 'erroring'],
    ['an error where a body is expected', 500, 'oops', JSON_OK, 'erroring'],
    ['a word that it is ill', 200, '{"status":"down"}', JSON_OK, 'unhealthy'],
    ['a text that it is ill', 200, 'Unhealthy', TEXT_OK, 'unhealthy'],
    [
      'a failing part',
      200,
      '{"status":"x","checks":{"worker":{"status":"DOWN"}}}',
      JSON_OK,
      'unhealthy',
    ],
  ])('to its own page with %s is ill', async (_, status, body, spec, cause) => {
    const pages = {h: GOOD, page: send(status, body)};
    const port = await service(pages);
    const inspect = probeOf(port, spec);
    await inspect();
    pages.h = send(302, '', {location: '/health'});
    const faults = await inspect();
    expect(causeOf(faults)).toBe(cause);
    expect(render(faults[0]!.text)).toContain(
      `GET /h, redirected with 302 to http://127.0.0.1:${port}/health: `,
    );
  });
});

test.each<[string, number, string, Cause]>([
  ['another body', 200, LOGIN, 'unhealthy'],
  ['an error', 500, 'oops', 'erroring'],
])(
  'a page that was good through its redirect and has %s is ill',
  async (_, status, body, cause) => {
    const pages = {h: send(308, '', {location: '/health'}), page: GOOD};
    const inspect = probeOf(await service(pages), JSON_OK);
    expect(await inspect()).toEqual([]);
    pages.page = send(status, body);
    expect(causeOf(await inspect())).toBe(cause);
  },
);

test('another port that was good through a redirect and answers an error is ill', async () => {
  const behind = {h: GOOD, page: GOOD};
  const location = `http://127.0.0.1:${await service(behind)}/h`;
  const inspect = probeOf(await service({h: send(301, '', {location}), page: GOOD}), JSON_OK);
  expect(await inspect()).toEqual([]);
  behind.h = send(500, 'oops');
  expect(causeOf(await inspect())).toBe('erroring');
});

test('an answer that does not fit behind a redirect of a service that was never good is the wrong question', async () => {
  const pages = {h: send(302, '', {location: '/login'}), page: send(200, LOGIN)};
  expect(causeOf(await probeOf(await service(pages), JSON_OK)(), false)).toBe('probe_wrong');
});

test('a plain port that speaks TLS after it was good rejects the request', async () => {
  const plain = createServer(GOOD);
  let speaker: Server = plain;
  const port = await listen(createNetServer(socket => speaker.emit('connection', socket)));
  const inspect = probeOf(port, {});
  expect(await inspect()).toEqual([]);
  speaker = secured();
  const faults = await inspect();
  expect(faults).toMatchObject([{kind: 'connection_reset', protocol: 'tls'}]);
  expect(causeOf(faults)).toBe('refused');
});
