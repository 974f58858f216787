import {afterEach, describe, expect, test} from 'vitest';
import {fromPs, parsePsResources, readResources} from '../../source/io/process/resources.ts';
import {definition} from '../../source/probes/process.ts';
import {start} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {checkOf} from '../helpers/probe.ts';
import {until} from '../helpers/until.ts';

afterEach(cleanUp);

describe('the process of a target', () => {
  test('is measured, and warned of beyond its limits', async () => {
    const {info} = await start([
      process.execPath,
      '-e',
      'console.log("busy"); setTimeout(() => process.exit(), 60_000); (function work() { const end = performance.now() + 20; while (performance.now() < end); setImmediate(work); })()',
    ]);
    const inspect = checkOf(definition, {cpu: '0%', rss: '1MiB', fds: 2}, info);
    expect((await inspect()).readings.checks?.mine?.metrics.map(({name}) => name)).toEqual([
      'rss',
      'fds',
    ]);
    const result = await until('CPU was used', async () => {
      const result = await inspect();
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
      expect(await checkOf(definition, {}, identity)()).toMatchObject({
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
