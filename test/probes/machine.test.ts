import {mkdirSync, statfsSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {join} from 'node:path';
import {load} from 'agent2:probes';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {z} from 'zod';
import type {ProcessIdentity} from '../../source/core/model/observation.ts';
import {fromPs, parsePsResources, readResources} from '../../source/io/process/resources.ts';
import {start, startProgram, temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp, onCleanup} from '../helpers/cleanup.ts';
import {until} from '../helpers/until.ts';
import {render} from '../../source/core/text/say.ts';

let path: string;

beforeEach(() => {
  path = join(temporaryDirectory(), 'file');
});
afterEach(cleanUp);

async function create(kind: string, options: unknown, identity?: ProcessIdentity) {
  const definition = await load[kind]?.();
  if (!definition) throw new Error(`no kind ${kind}`);
  const probe = definition.create(definition.options(z).parse(options), {
    name: 'mine',
    process: () => identity,
  });
  return () => probe.look({signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000});
}

const look = async (kind: string, options: unknown) => (await create(kind, options))();

describe('a tcp check', () => {
  test('tells how fast a port opens, or why it does not', async () => {
    const server = createServer(socket => void socket.on('error', () => undefined).end());
    onCleanup(() => void server.close());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const {port} = server.address() as AddressInfo;
    expect(await look('tcp', `127.0.0.1:${port}`)).toMatchObject({
      faults: [],
      readings: {
        checks: {
          mine: {
            kind: 'tcp',
            state: 'ok',
            text: expect.stringMatching(/^open in [\d.]+ ms$/),
            metrics: [
              {
                name: 'time',
                value: expect.toSatisfy((ms: number) => /^\d+(\.\d{1,3})?$/.test(String(ms))),
                unit: 'ms',
              },
            ],
          },
        },
      },
    });
    expect(await look('tcp', '127.0.0.1:1')).toMatchObject({
      faults: [{probe: 'mine', kind: 'connect_refused', text: 'connection refused by 127.0.0.1:1'}],
      readings: {checks: {mine: {state: 'failed'}}},
    });
  });
});

describe('an http check', () => {
  test('reads under its own name, never as the api of its target', async () => {
    const base = `http://127.0.0.1:${(await startProgram('answers.mjs')).line}`;
    const good = await look('http', {url: `${base}/ok`, expect: {'db.state': 'up'}});
    expect(good).toEqual({
      readings: {
        checks: {
          mine: {
            kind: 'http',
            state: 'ok',
            text: expect.stringMatching(/^status 200 in /),
            metrics: [{name: 'time', value: expect.any(Number), unit: 'ms'}],
          },
        },
      },
      faults: [],
    });
    expect(await look('http', {url: `${base}/down`, expect: {status: 'ok'}})).toMatchObject({
      readings: {
        checks: {
          mine: {
            state: 'failed',
            text: 'GET /down: status is degraded, wanted ok; failing: db (DOWN)',
          },
        },
      },
      faults: [{probe: 'mine', kind: 'body_unexpected', components: ['db']}],
    });
    expect(await look('http', {url: `${base}/500`, status: '5xx'})).toMatchObject({faults: []});
    expect(await look('http', {url: `${base}/ok`, slow: '1ms', status: 200})).toMatchObject({
      faults: [],
      warnings: [{probe: 'mine', kind: 'slow', limitMs: 1}],
      readings: {checks: {mine: {state: 'warn'}}},
    });
  });
});

describe('a file', () => {
  test('that is there is fine, with its size and age', async () => {
    writeFileSync(path, 'x'.repeat(2_048));
    utimesSync(path, new Date(), new Date(Date.now() - 90_000));
    expect(await look('file', path)).toEqual({
      readings: {
        checks: {
          mine: {
            kind: 'file',
            state: 'ok',
            text: expect.stringMatching(/^2 KiB, 1m3\ds old$/),
            metrics: [
              {name: 'age', value: expect.any(Number), unit: 's'},
              {name: 'size', value: 2_048, unit: 'B'},
            ],
          },
        },
      },
      faults: [],
    });
  });

  test('that is missing is a fault, unless it has to be', async () => {
    expect((await look('file', path)).faults).toEqual([
      {probe: 'mine', kind: 'file_missing', text: `${path} is missing`},
    ]);
    expect((await look('file', {path: join(path, 'below'), absent: true})).faults).toEqual([]);
    writeFileSync(path, '');
    expect((await look('file', {path, absent: true})).faults).toEqual([
      {probe: 'mine', kind: 'file_present', text: `${path} is there, and should not be`},
    ]);
    expect((await look('file', join(path, 'below'))).faults).toMatchObject([
      {kind: 'file_missing'},
    ]);
  });

  test('that is too old, too small or too large is a fault', async () => {
    writeFileSync(path, 'x'.repeat(1_000));
    utimesSync(path, new Date(), new Date(Date.now() - 26 * 3_600_000));
    expect((await look('file', {path, maxAge: '25h', minSize: '1KiB'})).faults).toEqual([
      {
        probe: 'mine',
        kind: 'file_stale',
        text: `${path} was last written 1d2h ago, wanted within 1d1h`,
      },
      {probe: 'mine', kind: 'file_size', text: `${path} has 1000 B, wanted at least 1 KiB`},
    ]);
    expect((await look('file', {path, maxAge: '27h', maxSize: 999})).faults).toEqual([
      {probe: 'mine', kind: 'file_size', text: `${path} has 1000 B, wanted at most 999 B`},
    ]);
  });

  test('that cannot be looked at is not held against the service', async () => {
    const name = 'x'.repeat(300);
    expect(await look('file', `/${name}`)).toMatchObject({
      faults: [],
      warnings: [{kind: 'check_unknown', text: `/${name} cannot be looked at (ENAMETOOLONG)`}],
    });
  });

  test('from the future is new', async () => {
    mkdirSync(path);
    utimesSync(path, new Date(), new Date(Date.now() + 3_600_000));
    expect((await look('file', {path, maxAge: '1s'})).faults).toEqual([]);
  });
});

describe('a disk', () => {
  test('with enough space is fine, as df counts it', async () => {
    const {bavail, bsize, blocks, bfree} = statfsSync(path.slice(0, path.lastIndexOf('/')));
    const {faults, readings} = await look('disk', {
      path: path.slice(0, path.lastIndexOf('/')),
      free: 0,
    });
    expect(faults).toEqual([]);
    const [free, used] = readings.checks?.mine?.metrics ?? [];
    expect(free).toMatchObject({name: 'free', unit: '%'});
    expect(Math.abs((free?.value ?? 0) - (bavail / (blocks - bfree + bavail)) * 100)).toBeLessThan(
      5,
    );
    expect(used).toMatchObject({name: 'used', unit: 'B'});
    expect(Math.abs((used?.value ?? 0) - (blocks - bfree) * bsize)).toBeLessThan(2 ** 32);
  });

  test.each([
    ['100%', '100%'],
    ['1000TiB', '1000 TiB'],
  ])('with less than %s free is a fault', async (free, shown) => {
    const {faults} = await look('disk', {path: '/', free});
    expect(faults).toMatchObject([
      {
        kind: 'disk_low',
        text: expect.stringMatching(
          /^[\d.]+ \w+ of [\d.]+ \w+ free \([\d.]+%\) on \/, wanted at least /,
        ),
      },
    ]);
    expect(render(faults[0]?.text ?? '').endsWith(shown)).toBe(true);
  });

  test('that is not there does not know', async () => {
    expect(await look('disk', path)).toMatchObject({
      faults: [],
      warnings: [{kind: 'check_unknown', text: `${path} is not there, so its disk cannot be told`}],
    });
  });
});

describe('the process of a target', () => {
  test('is measured, and warned of beyond its limits', async () => {
    const {info} = await start([
      process.execPath,
      '-e',
      'console.log("busy"); setTimeout(() => process.exit(), 60_000); (function work() { const end = performance.now() + 20; while (performance.now() < end); setImmediate(work); })()',
    ]);
    const look = await create('process', {cpu: '0%', rss: '1MiB', fds: 2}, info);
    expect((await look()).readings.checks?.mine?.metrics.map(({name}) => name)).toEqual([
      'rss',
      'fds',
    ]);
    const result = await until('CPU was used', async () => {
      const result = await look();
      return (result.readings.checks?.mine?.metrics[0]?.value ?? 0) > 0 && result;
    });
    expect(result.faults).toEqual([]);
    expect(result.readings.checks?.mine).toMatchObject({
      kind: 'process',
      state: 'warn',
      text: expect.stringMatching(/^cpu \d+%, rss \d+ MiB, \d+ fds$/),
      metrics: [{unit: '%'}, {unit: 'B'}, {unit: ''}],
    });
    expect(result.warnings).toMatchObject([
      {
        kind: 'resource_high',
        metric: 'cpu',
        limit: 0,
        text: expect.stringMatching(/^cpu \d+%, limit is 0%$/),
      },
      {
        kind: 'resource_high',
        metric: 'rss',
        limit: 1_048_576,
        text: expect.stringMatching(/^rss \d+ MiB, limit is 1 MiB$/),
      },
      {
        kind: 'resource_high',
        metric: 'fds',
        limit: 2,
        text: expect.stringMatching(/^\d+ fds, limit is 2$/),
      },
    ]);
  });

  test('is left to others where it is not known, is gone, or is another one by now', async () => {
    const {info} = await start(['sh', '-c', 'echo up; exec sleep 60']);
    for (const identity of [undefined, {...info, startKey: 'another'}]) {
      expect(await (await create('process', {}, identity))()).toMatchObject({
        faults: [],
        readings: {checks: {mine: {state: 'unknown', metrics: []}}},
      });
    }
  });

  test('is the same to ps, which tells it where there is no /proc', async () => {
    const {info} = await start(['sh', '-c', 'echo up; exec sleep 60']);
    const own = await until('it sleeps', () => readResources(info));
    const ps = await fromPs(info.pid);
    expect(Math.abs((ps?.rssBytes ?? 0) - own.rssBytes)).toBeLessThan(5_000_000);
    expect(ps?.fds).toBeUndefined();
    expect(await fromPs(2 ** 22 + 1)).toBeUndefined();
  });

  test.each([
    ['  12345  1-02:03:04\n', {cpuMs: 93_784_000, rssBytes: 12_641_280}],
    ['99 3:04.56', {cpuMs: 184_560, rssBytes: 101_376}],
    ['', undefined],
    ['RSS TIME', undefined],
  ])('%j of ps is read', (line, resources) => {
    expect(parsePsResources(line)).toEqual(resources);
  });
});
