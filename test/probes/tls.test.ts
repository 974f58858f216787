import {writeFileSync} from 'node:fs';
import {createServer as createTcpServer, type AddressInfo, type Server} from 'node:net';
import {join} from 'node:path';
import {createServer} from 'node:tls';
import {afterEach, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {render} from '../../source/core/text/say.ts';
import {definition} from '../../source/probes/tls.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {makeCertificate, type Certified} from '../helpers/tls/certificate.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';

afterEach(cleanUp);

const DAY_MS = 86_400_000;

async function listening(server: Server): Promise<number> {
  onCleanup(() => void server.close());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function serve({cert, key}: Certified): Promise<number> {
  return listening(createServer({cert, key}, socket => socket.on('error', () => undefined)));
}

function inspect(options: Record<string, unknown>, timeoutMs = 20_000) {
  const probe = definition.create(definition.options(z).parse(options), {
    name: 'certificate',
    process: () => undefined,
  });
  return probe.inspect({signal: new AbortController().signal, timeoutMs, slowMs: 5_000});
}

function fileWith(text: string): string {
  const path = join(temporaryDirectory(), 'ca.pem');
  writeFileSync(path, text);
  return path;
}

describe('a certificate', () => {
  test('that its authority vouches for is good, and the days it has left are told', async () => {
    const authority = makeCertificate({name: 'authority'});
    const port = await serve(makeCertificate({issuer: authority, toDays: 90.5}));
    expect(await inspect({address: `localhost:${port}`, ca: fileWith(authority.cert)})).toEqual({
      readings: {
        checks: {
          certificate: {
            kind: 'tls',
            state: 'ok',
            text: '90 days left',
            metrics: [{name: 'days', value: 90, unit: ''}],
          },
        },
      },
      faults: [],
    });
  });

  test.each([
    [22.5, undefined],
    [21.5, 21],
    [14.5, 14],
    [7.5, 7],
    [0.5, 7],
  ])('with %d days left is warned of at the limit of %s', async (toDays, limitDays) => {
    const now = Date.now();
    const certificate = makeCertificate({toDays, now});
    const port = await serve(certificate);
    const {faults, warnings} = await inspect({
      address: `127.0.0.1:${port}`,
      ca: fileWith(certificate.cert),
    });
    const daysLeft = Math.floor(toDays);
    const day = new Date(now + toDays * DAY_MS).toISOString().slice(0, 10);
    const warning = {
      probe: 'certificate',
      kind: 'tls_expiring',
      daysLeft,
      limitDays,
      text: `the certificate of 127.0.0.1:${port} ends in ${daysLeft} days (${day})`,
    };
    expect({faults, warnings}).toEqual({
      faults: [],
      warnings: limitDays === undefined ? undefined : [warning],
    });
  });

  test('that has expired is a fault, also where one that signed itself will do', async () => {
    const now = Date.now();
    const port = await serve(makeCertificate({fromDays: -30, toDays: -3.5, now}));
    const ended = new Date(now - 3.5 * DAY_MS).toISOString().slice(0, 10);
    for (const allowSelfSigned of [false, true]) {
      expect(await inspect({address: `127.0.0.1:${port}`, allowSelfSigned})).toMatchObject({
        faults: [
          {
            kind: 'tls_failed',
            text: `the certificate of 127.0.0.1:${port} expired 3 days ago (${ended})`,
          },
        ],
        readings: {checks: {certificate: {state: 'failed', metrics: [{name: 'days', value: -4}]}}},
      });
    }
  });

  test('that does not count yet is a fault', async () => {
    const port = await serve(makeCertificate({fromDays: 3}));
    expect(await inspect({address: `127.0.0.1:${port}`})).toMatchObject({
      faults: [
        {kind: 'tls_failed', text: expect.stringMatching(/is not valid before \d{4}-\d\d-\d\d$/)},
      ],
    });
  });

  test('that signed itself is a fault, unless that will do or it is named as trusted', async () => {
    const certificate = makeCertificate();
    const address = `127.0.0.1:${await serve(certificate)}`;
    expect(await inspect({address})).toMatchObject({
      faults: [
        {
          kind: 'tls_failed',
          text: `the certificate of ${address} is self-signed; give its certificate as ca, or set allowSelfSigned`,
        },
      ],
    });
    expect((await inspect({address, allowSelfSigned: true})).faults).toEqual([]);
    expect((await inspect({address, ca: fileWith(certificate.cert)})).faults).toEqual([]);
  });

  test('of an unknown authority is a fault, unless every issuer will do', async () => {
    const port = await serve(makeCertificate({issuer: makeCertificate({name: 'authority'})}));
    const address = `127.0.0.1:${port}`;
    expect((await inspect({address, allowSelfSigned: true})).faults).toEqual([]);
    expect(await inspect({address})).toMatchObject({
      faults: [
        {
          kind: 'tls_failed',
          text: expect.stringContaining('is of an authority that is unknown here'),
        },
      ],
    });
  });

  test('for another name is a fault, and good under that name', async () => {
    const certificate = makeCertificate({name: 'shop.example', ip: '127.0.0.9'});
    const address = `127.0.0.1:${await serve(certificate)}`;
    expect(await inspect({address, allowSelfSigned: true})).toMatchObject({
      faults: [
        {
          kind: 'tls_failed',
          text: expect.stringContaining(
            'is for shop.example, 127.0.0.9, not for 127.0.0.1 (servername says which to expect)',
          ),
        },
      ],
    });
    expect(
      (await inspect({address, allowSelfSigned: true, servername: 'shop.example'})).faults,
    ).toEqual([]);
  });
});

describe('a look at a certificate', () => {
  test('where nobody listens is refused', async () => {
    expect(await inspect({address: '127.0.0.1:1'})).toMatchObject({
      faults: [
        {probe: 'certificate', kind: 'connect_refused', text: 'connection refused by 127.0.0.1:1'},
      ],
    });
  });

  test('where no TLS is spoken fails at TLS', async () => {
    const port = await listening(
      createTcpServer(socket => void socket.on('error', () => undefined).end('hello\r\n')),
    );
    expect(await inspect({address: `127.0.0.1:${port}`})).toMatchObject({
      faults: [{kind: 'tls_failed'}],
    });
  });

  test('where nobody answers ends at the time limit', async () => {
    const port = await listening(
      createTcpServer(socket => void socket.on('error', () => undefined).resume()),
    );
    expect(await inspect({address: `127.0.0.1:${port}`}, 100)).toMatchObject({
      faults: [
        {
          kind: 'response_timeout',
          text: expect.stringMatching(/^no TLS with 127\.0\.0\.1:\d+ within 100 ms/),
        },
      ],
    });
  });

  test.each([
    ['/no/such/ca.pem', '/no/such/ca.pem cannot be used: it is not there'],
    [undefined, 'cannot be used'],
  ])(
    'with an authority that cannot be read is not held against the service (%s)',
    async (ca, text) => {
      const address = `127.0.0.1:${await serve(makeCertificate())}`;
      const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
      const {faults, warnings, readings} = await inspect({address, ca: ca ?? fileWith(broken)});
      expect(faults).toEqual([]);
      expect(warnings?.map(({kind}) => kind)).toEqual(['check_unknown']);
      expect(render(warnings?.[0]?.text ?? '')).toContain(text);
      expect(readings).toMatchObject({checks: {certificate: {state: 'unknown'}}});
    },
  );
});
