import {afterEach, describe, expect, test} from 'vitest';
import {plainGet} from '../../source/config/spec.ts';
import type {FieldExpectation} from '../../source/contracts/probe.ts';
import {createHttpProbe} from '../../source/probes/http.ts';
import {retryAfterMs} from '../../source/probes/shared/http-answerer.ts';
import {proxyPage} from '../../source/probes/shared/proxy-page.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {rawServer} from '../helpers/raw-server.ts';

afterEach(cleanUp);

async function faultOf(answer: string, expect: readonly FieldExpectation[] = []) {
  const port = await rawServer(answer);
  const probe = createHttpProbe(`http://127.0.0.1:${port}/health`, {...plainGet, expect});
  const {faults} = await probe.inspect({
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    slowMs: 5_000,
  });
  return faults[0];
}

const answer = (status: string, headers: readonly string[], body = '') =>
  [`HTTP/1.1 ${status}`, ...headers, `content-length: ${body.length}`, '', body].join('\r\n');

describe('an unexpected status', () => {
  test('tells the proxy that answered in place of the service', async () => {
    const page =
      '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.22.1</center></body></html>';
    expect(
      await faultOf(answer('502 Bad Gateway', ['Server: nginx/1.22.1', 'Via: 1.1 edge'], page)),
    ).toMatchObject({
      kind: 'status_unexpected',
      status: 502,
      from: {server: 'nginx/1.22.1', via: '1.1 edge', page: 'nginx'},
      text: 'GET /health: status 502 from nginx, expected 200-399',
    });
  });

  test.each([
    ['502 Bad Gateway', ['Server: Varnish'], '502 from Varnish'],
    ['504 Gateway Timeout', ['Via: 1.1 edge'], '504 from 1.1 edge'],
    ['503 Service Unavailable', ['Server: nginx'], '503'],
    ['500 Oh', ['Server: nginx'], '500'],
    ['502 Bad Gateway', [], '502'],
  ])('of %s with %j is told as %s', async (status, headers, told) => {
    expect(await faultOf(answer(status, headers, 'oops'))).toMatchObject({
      text: `GET /health: status ${told}, expected 200-399`,
    });
  });

  test('tells how long it asks to wait', async () => {
    expect(
      await faultOf(answer('503 Service Unavailable', ['Retry-After: 120'], 'back soon')),
    ).toMatchObject({retryAfterMs: 120_000});
    expect(await faultOf(answer('500 Oh', ['Retry-After: 120']))).not.toHaveProperty(
      'retryAfterMs',
    );
  });

  test('tells where a redirect leads, without its secrets', async () => {
    const redirect = answer('302 Found', ['Location: https://u:p@login.invalid/a?token=x']);
    expect(await faultOf(redirect, [{path: 'status', equals: 'ok'}])).toMatchObject({
      status: 302,
      location: 'https://login.invalid/a',
    });
  });

  test('names the dependency that its words blame', async () => {
    expect(await faultOf(answer('500 Oh', [], 'database is down'))).toMatchObject({
      components: ['database'],
      dependency: 'database',
      text: 'GET /health: status 500, expected 200-399; failing: database',
    });
  });

  test('keeps escape sequences of headers out of what it tells', async () => {
    expect(await faultOf(answer('500 Oh', ['Server: \x1b[31mevil\x07']))).toMatchObject({
      from: {server: 'evil'},
    });
  });
});

describe('the error page of a proxy', () => {
  test.each<[proxy: string | undefined, status: number, body: string, server?: string]>([
    ['nginx', 504, '<center><h1>504</h1></center><hr><center>nginx</center>'],
    ['openresty', 502, '<hr><center>openresty/1.21.4.1</center>'],
    ['apache', 503, '<address>Apache/2.4.57 (Debian) Server at localhost Port 80</address>'],
    [
      'apache',
      502,
      '<p>The proxy server received an invalid response from an upstream server.<br />',
    ],
    [
      'haproxy',
      503,
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n',
    ],
    [
      'envoy',
      503,
      'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    ],
    ['envoy', 503, 'no healthy upstream'],
    ['traefik', 502, 'Bad Gateway'],
    ['caddy', 502, '', 'Caddy'],
    ['cloudflare', 521, 'error code: 521'],
    ['aws', 502, '<center><h1>502 Bad Gateway</h1></center>', 'awselb/2.0'],
    ['varnish', 503, '<h3>Guru Meditation:</h3><p>XID: 3</p><p>Varnish cache server</p>'],
    [undefined, 500, '', 'Caddy'],
    [undefined, 503, 'Service Unavailable'],
    [undefined, 503, '{"status":"down"}', 'nginx/1.22.1'],
    [undefined, 500, 'boom'],
  ])('is told as one of %s (%d)', (proxy, status, body, server) => {
    expect(proxyPage(status, body, server)).toBe(proxy);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-27T10:00:00Z');

  test.each([
    ['30', 30_000],
    ['0', 0],
    ['86400', 3_600_000],
    ['Tue, 27 Jan 2026 10:02:00 GMT', 120_000],
    ['Tue, 27 Jan 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1', 1_000],
    [undefined, undefined],
  ])('%s means %s ms', (given, ms) => {
    expect(retryAfterMs(given, now)).toBe(ms);
  });
});
