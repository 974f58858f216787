import {writeFileSync} from 'node:fs';
import {createServer as createHttpServer} from 'node:http';
import {createServer, type ServerOptions} from 'node:https';
import type {AddressInfo, Server} from 'node:net';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {plainGet} from '../../../source/config/spec.ts';
import type {HttpSpec} from '../../../source/contracts/probe.ts';
import {render} from '../../../source/core/text/say.ts';
import {createHttpProbe} from '../../../source/probes/http.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {freePort} from '../../helpers/port.ts';
import {rawServer} from '../../helpers/raw-server.ts';
import {makeCertificate} from '../../helpers/tls/certificate.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';

afterEach(cleanUp);

async function listening(server: Server): Promise<number> {
  onCleanup(() => void server.close());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function serve(options: ServerOptions): Promise<number> {
  const server = createServer(options, (_, response) => response.end('Healthy'));
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

function file(text: string, name = 'file.pem'): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, text);
  return path;
}

function ask(url: string, spec: Partial<HttpSpec> = {}) {
  return createHttpProbe(url, {...plainGet, ...spec}).inspect({
    signal: new AbortController().signal,
    timeoutMs: 20_000,
    slowMs: 20_000,
  });
}

/** The only fault, its text rendered. */
async function faultOf(url: string, spec: Partial<HttpSpec> = {}) {
  const {faults} = await ask(url, spec);
  const [fault, ...others] = faults;
  if (!fault || others.length > 0) throw new Error(`${faults.length} faults`);
  return {...fault, text: render(fault.text)};
}

describe('a service with a certificate of a private authority', () => {
  test('is untrusted, and the fault says what to give', async () => {
    const port = await serve(makeCertificate({issuer: makeCertificate({name: 'authority'})}));
    expect(await faultOf(`https://127.0.0.1:${port}/health`)).toEqual({
      probe: 'api',
      kind: 'tls_failed',
      text: `GET /health: the certificate of 127.0.0.1:${port} is of an authority that is unknown here; give that as ca, or let the service send the whole chain`,
    });
  });

  test('is trusted with its authority as ca, or when every issuer will do', async () => {
    const authority = makeCertificate({name: 'authority'});
    const port = await serve(makeCertificate({issuer: authority}));
    const url = `https://127.0.0.1:${port}/`;
    expect((await ask(url, {ca: file(authority.cert)})).faults).toEqual([]);
    expect((await ask(url, {allowSelfSigned: true})).faults).toEqual([]);
  });

  test('is not trusted by another authority', async () => {
    const port = await serve(makeCertificate({issuer: makeCertificate({name: 'authority'})}));
    const ca = file(makeCertificate({name: 'another'}).cert);
    expect(await faultOf(`https://127.0.0.1:${port}/`, {ca})).toMatchObject({kind: 'tls_failed'});
  });
});

describe('a self-signed certificate', () => {
  test('is refused until it will do or is given as ca', async () => {
    const certificate = makeCertificate();
    const url = `https://127.0.0.1:${await serve(certificate)}/`;
    expect((await faultOf(url)).text).toContain('is self-signed; give its certificate as ca');
    expect((await ask(url, {allowSelfSigned: true})).faults).toEqual([]);
    expect((await ask(url, {ca: file(certificate.cert)})).faults).toEqual([]);
  });

  test('that has expired or is for another name is refused all the same', async () => {
    const expired = await serve(makeCertificate({fromDays: -30, toDays: -3.5}));
    const other = await serve(makeCertificate({name: 'shop.example', ip: '127.0.0.9'}));
    const allowSelfSigned = true;
    expect((await faultOf(`https://127.0.0.1:${expired}/`, {allowSelfSigned})).text).toContain(
      'expired 3 days ago',
    );
    expect((await faultOf(`https://127.0.0.1:${other}/`, {allowSelfSigned})).text).toContain(
      'is for shop.example, 127.0.0.9, not for 127.0.0.1 (servername says which to expect)',
    );
    expect(
      (await ask(`https://127.0.0.1:${other}/`, {allowSelfSigned, servername: 'shop.example'}))
        .faults,
    ).toEqual([]);
  });
});

describe('a service that asks for a client certificate', () => {
  async function mutual() {
    const authority = makeCertificate({name: 'authority'});
    const port = await serve({
      ...makeCertificate({issuer: authority}),
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const client = makeCertificate({name: 'client', issuer: authority});
    return {url: `https://127.0.0.1:${port}/`, ca: file(authority.cert), client};
  }

  test('answers one who has it', async () => {
    const {url, ca, client} = await mutual();
    const [cert, key] = [file(client.cert), file(client.key)];
    expect((await ask(url, {ca, cert, key})).faults).toEqual([]);
    const both = file(client.cert + client.key);
    expect((await ask(url, {ca, cert: both})).faults).toEqual([]);
  });

  test('is told as that to one who has none', async () => {
    const {url, ca} = await mutual();
    const {kind, text} = await faultOf(url, {ca});
    expect(kind).toBe('tls_failed');
    expect(text).toContain('give cert and key');
    expect(text).not.toMatch(/[0-9A-F]{8}|routines/);
  });
});

describe('a file that cannot be used', () => {
  test.each<[what: string, spec: () => Partial<HttpSpec>, says: RegExp]>([
    [
      'a missing ca',
      () => ({ca: '/nonexistent/ca.pem'}),
      /ca\.pem cannot be used: it is not there/,
    ],
    ['a ca without PEM', () => ({ca: file('hello')}), /cannot be used: it holds no such PEM/],
    [
      'a key of another certificate',
      () => ({cert: file(makeCertificate().cert), key: file(makeCertificate().key)}),
      /the key does not belong to the certificate/,
    ],
    ['a directory', () => ({ca: temporaryDirectory()}), /cannot be used: it is a directory/],
  ])('says nothing about the service: %s', async (_, spec, says) => {
    const port = await serve(makeCertificate());
    await expect(ask(`https://127.0.0.1:${port}/`, spec())).rejects.toThrow(says);
  });

  test('is read again when it was mended', async () => {
    const certificate = makeCertificate();
    const ca = file('hello');
    const probe = createHttpProbe(`https://127.0.0.1:${await serve(certificate)}/`, {
      ...plainGet,
      ca,
    });
    const context = {signal: new AbortController().signal, timeoutMs: 20_000, slowMs: 20_000};
    await expect(probe.inspect(context)).rejects.toThrow('cannot be used');
    writeFileSync(ca, certificate.cert);
    expect((await probe.inspect(context)).faults).toEqual([]);
  });
});

describe('the wrong protocol', () => {
  test('is told when TLS is asked of plain HTTP', async () => {
    const server = createHttpServer((_, response) => response.end('Healthy'));
    const port = await listening(server);
    const fault = await faultOf(`https://127.0.0.1:${port}/health`);
    expect(fault).toMatchObject({kind: 'tls_failed', protocol: 'plain'});
    expect(fault.text).toMatch(/http:\/\/ in the url$/);
    expect(fault.text).not.toMatch(/routines|[0-9A-F]{8}/);
  });

  test('is told when a plain server closes at the first bytes of TLS', async () => {
    const port = await rawServer((socket, request) =>
      request[0] === 0x16 ? socket.destroy() : socket.end('HTTP/1.0 200 OK\r\n\r\nHealthy'),
    );
    expect(await faultOf(`https://127.0.0.1:${port}/health`)).toEqual({
      probe: 'api',
      kind: 'tls_failed',
      protocol: 'plain',
      text: `GET /health: 127.0.0.1:${port} answers plain HTTP, not TLS; use http:// in the url`,
    });
  });

  test('is told when plain HTTP is asked of TLS that closes', async () => {
    const port = await serve(makeCertificate());
    expect(await faultOf(`http://127.0.0.1:${port}/health`)).toEqual({
      probe: 'api',
      kind: 'connection_reset',
      protocol: 'tls',
      text: `GET /health: 127.0.0.1:${port} speaks TLS, and was asked without it; use https:// in the url`,
    });
  });

  test('is told when TLS answers by an alert', async () => {
    const port = await rawServer(Buffer.from([0x15, 3, 1, 0, 2, 2, 70]));
    expect(await faultOf(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'response_truncated',
      protocol: 'tls',
    });
  });

  test.each([
    '<center>The plain HTTP request was sent to HTTPS port</center>',
    'Client sent an HTTP request to an HTTPS server.\n',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
  ])('is told in the words of %s', async body => {
    const port = await rawServer(`HTTP/1.0 400 Bad Request\r\n\r\n${body}`);
    expect(await faultOf(`http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'status_unexpected',
      status: 400,
      protocol: 'tls',
    });
  });

  test('is looked for once more after the service has answered, and is not TLS where it hangs up on that too', async () => {
    let connections = 0;
    const port = await rawServer(socket => {
      if (++connections === 1) socket.end('HTTP/1.0 200 OK\r\n\r\n');
      else socket.destroy();
    });
    const probe = createHttpProbe(`http://127.0.0.1:${port}/`, plainGet);
    const context = {signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000};
    await probe.inspect(context);
    const [fault] = (await probe.inspect(context)).faults;
    expect(fault).toMatchObject({kind: 'connection_reset'});
    expect(fault).not.toHaveProperty('protocol');
    expect(connections).toBe(3);
  });
});

describe('a redirect to another port of the host', () => {
  test('that fails after it was good is a failure of that port', async () => {
    let behind: Server | undefined;
    const port = await freePort();
    const front = await rawServer(
      `HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:${port}/\r\nContent-Length: 0\r\n\r\n`,
    );
    await new Promise<void>(resolve => {
      behind = createHttpServer((_, response) => response.end('Healthy')).listen(
        port,
        '127.0.0.1',
        resolve,
      );
    });
    const probe = createHttpProbe(`http://127.0.0.1:${front}/`, plainGet);
    const context = {signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000};
    expect((await probe.inspect(context)).faults).toEqual([]);
    await new Promise<void>(resolve => void behind?.close(() => resolve()));
    expect((await probe.inspect(context)).faults).toEqual([
      {
        probe: 'api',
        kind: 'connect_refused',
        text: `GET /: redirected to http://127.0.0.1:${port}/: connection refused by 127.0.0.1:${port}`,
      },
    ]);
  });

  test('that fails there is the answer of the service itself', async () => {
    const closed = await freePort();
    const port = await rawServer(
      `HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1:${closed}/health?token=x\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(await faultOf(`http://127.0.0.1:${port}/health`)).toEqual({
      probe: 'api',
      kind: 'status_unexpected',
      status: 301,
      location: `https://127.0.0.1:${closed}/health`,
      text: `GET /health: status 301 redirects to https://127.0.0.1:${closed}/health, which fails: connection refused by 127.0.0.1:${closed}`,
    });
  });
});
