import {createServer as createRaw, type AddressInfo, type Server, type Socket} from 'node:net';
import {createServer, type TlsOptions} from 'node:tls';
import {afterEach, expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {exchange} from '../../../source/io/net/http.ts';
import {createTlsClient, type TlsClient} from '../../../source/io/net/tls-client.ts';
import {cleanUp, onCleanup} from '../../helpers/cleanup.ts';
import {makeCertificate} from '../../helpers/tls/certificate.ts';

afterEach(cleanUp);

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket.on('error', () => {})));
  onCleanup(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const secure = (options: TlsOptions) => () =>
  listening(
    createServer(options, socket => void socket.on('error', () => {})).on(
      'tlsClientError',
      () => {},
    ),
  );

/** Says these bytes to whoever connects, and nothing more. */
const saying = (bytes: string | Buffer) => () =>
  listening(
    createRaw(socket => {
      socket.on('error', () => {}).once('data', () => socket.end(bytes));
    }),
  );

const alert = (code: number) => saying(Buffer.from([0x15, 3, 3, 0, 2, 2, code]));

const authority = makeCertificate({name: 'authority'});
const leaf = makeCertificate({issuer: authority});
const expiredAuthority = makeCertificate({name: 'old authority', fromDays: -20, toDays: -2});
const ofExpired = makeCertificate({issuer: expiredAuthority});

/** OpenSSL's and Node's ways to say it. */
const THEIRS =
  /alert|sslv3|tlsv1|ssl3_|SSL routines|openssl|ERR_|[A-Z]{2,}_[A-Z_]+|wrong version number|handshake failure|length mismatch|packet length|decode error|illegal parameter|socket disconnected|self.signed certificate/;

async function told(port: number, tls?: TlsClient): Promise<string> {
  const result = await exchange({url: `https://127.0.0.1:${port}/h`, timeoutMs: 2_000, tls});
  return result.kind === 'answer' ? `answered ${result.status}` : render(result.text);
}

test('each way in which TLS fails has a sentence of its own, and none of it is in the words of OpenSSL', async () => {
  const ways: ReadonlyArray<readonly [what: string, port: () => Promise<number>, says: RegExp]> = [
    [
      'expired',
      secure(makeCertificate({fromDays: -9, toDays: -3.5})),
      /expired 3 days ago \(\d{4}-/,
    ],
    [
      'not yet valid',
      secure(makeCertificate({fromDays: 3})),
      /is not valid before \d{4}-\d\d-\d\d/,
    ],
    ['self-signed', secure(makeCertificate()), /is self-signed; give its certificate as ca/],
    [
      'of an unknown authority',
      secure({...leaf, cert: leaf.cert + authority.cert}),
      /is of an authority that is unknown here; give that as ca$/,
    ],
    ['an incomplete chain', secure(leaf), /or let the service send the whole chain$/],
    [
      'an old version of TLS',
      secure({
        ...makeCertificate(),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
      /it has no version of TLS in common with agent2$/,
    ],
    [
      'no common cipher',
      secure({...makeCertificate(), maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-CBC-SHA256'}),
      /it has no cipher in common with agent2/,
    ],
    [
      'one that accepts and says nothing',
      () => listening(createRaw(socket => void socket.resume())),
      /no TLS with 127\.0\.0\.1:\d+ within 2\.0 s \(connected in/,
    ],
    [
      'one that hangs up',
      saying(''),
      /closed the connection during the TLS handshake, without a reason$/,
    ],
    [
      'plain HTTP',
      saying('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /it answered without TLS; if it speaks plain HTTP/,
    ],
    ['another protocol', saying('SSH-2.0-OpenSSH_9.6\r\n'), /it answered without TLS/],
    [
      'one that wants a client certificate',
      alert(116),
      /it asks for a client certificate; give cert and key$/,
    ],
    [
      'a refused client certificate',
      alert(42),
      /it refuses our client certificate, or the lack of one/,
    ],
    ['an expired client certificate', alert(45), /our client certificate as expired/],
    ['a revoked client certificate', alert(44), /our client certificate as revoked/],
    [
      'a client certificate of an unknown authority',
      alert(48),
      /does not know the authority of our client/,
    ],
    ['denied access', alert(49), /denies access$/],
    [
      'a handshake that it refuses',
      alert(40),
      /no cipher in common with agent2, or asks for a client/,
    ],
    ['ciphers that are too weak', alert(71), /it demands stronger ciphers than agent2 offers$/],
    [
      'a name that it does not know',
      alert(112),
      /it knows no service of that name; give another servername$/,
    ],
    ['no HTTP', alert(120), /it does not offer HTTP\/1\.1$/],
    ['an error of its own', alert(80), /it reports an internal error of its own$/],
    ['a shared key', alert(115), /only those who share a key with it/],
    [
      'bytes that are no TLS',
      saying(Buffer.from([0x16, 3, 3, 0, 4, 2, 0, 0, 0])),
      /what it sends is not valid TLS$/,
    ],
  ];
  const sentences = await Promise.all(
    ways.map(async ([what, port, says]) => ({what, says, text: await told(await port())})),
  );
  for (const {what, says, text} of sentences) {
    expect(text, what).toMatch(says);
    expect(text, what).not.toMatch(THEIRS);
    expect(text, what).toMatch(/^GET \/h: /);
  }
});

test('no alert at all is told in the words of OpenSSL', async () => {
  const codes = Array.from({length: 130}, (_, code) => code);
  const sentences = await Promise.all(codes.map(async code => told(await alert(code)())));
  expect(sentences.filter(text => THEIRS.test(text))).toEqual([]);
});

test('a certificate of another name is told with the names that it has', async () => {
  const port = await secure(makeCertificate({name: 'shop.example', ip: '127.0.0.9'}))();
  const tls = createTlsClient({allowSelfSigned: true});
  expect(await told(port, tls)).toMatch(
    /is for shop\.example, 127\.0\.0\.9, not for 127\.0\.0\.1 \(servername says which to expect\)$/,
  );
});

test('a chain with an expired authority is told as that', async () => {
  const port = await secure({...ofExpired, cert: ofExpired.cert + expiredAuthority.cert})();
  expect(await told(port)).toMatch(/authority/);
});
