import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import type {TLSSocket} from 'node:tls';
import {afterEach, describe, expect, test} from 'vitest';
import {exchange} from '../../../source/io/net/http.ts';
import {createTlsClient} from '../../../source/io/net/tls-client.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeCertificate} from '../../helpers/tls/certificate.ts';

afterEach(cleanUp);

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: string;
  readonly certificate: boolean;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function recorder(
  seen: Seen[],
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  return (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.setEncoding('utf8').on('data', chunk => (body += chunk));
    request.on('end', () => {
      const socket = request.socket as Partial<TLSSocket>;
      seen.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: JSON.stringify(request.headers),
        body,
        certificate: Object.keys(socket.getPeerCertificate?.() ?? {}).length > 0,
      });
      answer(request, response);
    });
  };
}

/** A service that redirects every request elsewhere, and what the other side then gets. */
async function redirecting(status: number, secure: false | 'https') {
  const other: Seen[] = [];
  const first: Seen[] = [];
  const certified = makeCertificate();
  const options = {...certified, requestCert: true, rejectUnauthorized: false};
  const fine = recorder(other, (_, response) => response.end('fine'));
  const port = await listening(secure ? createTlsServer(options, fine) : createServer(fine));
  const to = `${secure ? 'https' : 'http'}://mallory:CANARYlocation@127.0.0.1:${port}/there?CANARYquery=1`;
  const here = await listening(
    createServer(
      recorder(first, (request, response) =>
        request.url === '/back'
          ? response.end('back')
          : response.writeHead(status, {location: to}).end(),
      ),
    ),
  );
  return {
    url: `http://bob:CANARYpass@127.0.0.1:${here}/api?token=CANARYtoken`,
    other,
    first,
    certified,
  };
}

const HEADERS = {
  'Authorization': 'Bearer CANARYbearer',
  'Cookie': 'sid=CANARYcookie',
  'X-Api-Key': 'CANARYkey',
};

describe('another origin on the same host', () => {
  test.each(
    [301, 302, 303, 307, 308].flatMap(status =>
      (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).flatMap(method =>
        ([false, 'https'] as const).map(secure => [status, method, secure] as const),
      ),
    ),
  )(
    'gets neither headers nor body nor credentials by %i of a %s (%s)',
    async (status, method, secure) => {
      const {url, other, first} = await redirecting(status, secure);
      const asks = method === 'GET' || method === 'HEAD';
      const answer = await exchange({
        url,
        method,
        headers: HEADERS,
        ...(asks ? {} : {body: '{"password":"CANARYbody"}'}),
        timeoutMs: 10_000,
        tls: createTlsClient({allowSelfSigned: true}),
      });
      expect(first).toHaveLength(1);
      expect(JSON.stringify(first)).toContain('CANARYkey');
      const becomesGet = status === 303 || (status <= 302 && method === 'POST');
      if (asks || becomesGet) {
        expect(answer).toMatchObject({kind: 'answer', status: 200});
        expect(other).toMatchObject([{method: method === 'HEAD' ? 'HEAD' : 'GET', body: ''}]);
      } else {
        expect(answer).toMatchObject({
          status,
          withheld: true,
          redirectedTo: expect.stringMatching(/^https?:\/\/127\.0\.0\.1:\d+$/) as unknown,
        });
        expect(other).toEqual([]);
      }
      const {path: _, ...rest} = other[0] ?? {path: ''};
      expect(JSON.stringify(rest)).not.toContain('CANARY');
      expect(JSON.stringify(answer)).not.toContain('CANARY');
    },
  );

  test('gets no client certificate', async () => {
    const {url, other, certified} = await redirecting(302, 'https');
    const directory = mkdtempSync(join(tmpdir(), 'agent2-test-'));
    const pem = join(directory, 'client.pem');
    writeFileSync(pem, certified.cert + certified.key);
    const tls = createTlsClient({allowSelfSigned: true, cert: pem});
    expect(await exchange({url, timeoutMs: 10_000, tls})).toMatchObject({status: 200});
    expect(other).toMatchObject([{certificate: false}]);
    // It is there to be given: the service itself gets it.
    const direct: Seen[] = [];
    const options = {...certified, requestCert: true, rejectUnauthorized: false};
    const port = await listening(
      createTlsServer(
        options,
        recorder(direct, (_, response) => response.end()),
      ),
    );
    await exchange({url: `https://127.0.0.1:${port}/`, timeoutMs: 10_000, tls});
    expect(direct).toMatchObject([{certificate: true}]);
  });

  test('cannot send the headers back to a path that it chooses', async () => {
    const seen: Seen[] = [];
    let back = '';
    const there = await listening(
      createServer((_, response) => void response.writeHead(302, {location: back}).end()),
    );
    const here = await listening(
      createServer(
        recorder(seen, ({url}, response) =>
          url === '/chosen'
            ? response.end('fine')
            : response.writeHead(302, {location: `http://127.0.0.1:${there}/`}).end(),
        ),
      ),
    );
    back = `http://127.0.0.1:${here}/chosen`;
    const answer = await exchange({
      url: `http://127.0.0.1:${here}/`,
      headers: HEADERS,
      timeoutMs: 10_000,
    });
    expect(answer).toMatchObject({status: 200, body: 'fine'});
    expect(seen.map(({path, headers}) => [path, headers.includes('CANARY')])).toEqual([
      ['/', true],
      ['/chosen', false],
    ]);
  });
});

test('the same origin gets all of it again', async () => {
  const seen: Seen[] = [];
  const port = await listening(
    createServer(
      recorder(seen, ({url}, response) =>
        url === '/new' ? response.end() : response.writeHead(307, {location: '/new'}).end(),
      ),
    ),
  );
  await exchange({
    url: `http://127.0.0.1:${port}/`,
    method: 'PUT',
    headers: HEADERS,
    body: 'CANARYbody',
    timeoutMs: 10_000,
  });
  expect(seen).toMatchObject([
    {method: 'PUT', body: 'CANARYbody'},
    {method: 'PUT', body: 'CANARYbody', path: '/new'},
  ]);
  expect(seen[1]?.headers).toContain('CANARYcookie');
});
