import {statfsSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {render} from '../../source/core/text/say.ts';
import {definition} from '../../source/probes/disk.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {checkOf} from '../helpers/probe.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(cleanUp);

const inspect = (options: unknown) => checkOf(definition, options)();

describe('a disk', () => {
  test('with enough space is fine, as df counts it', async () => {
    const {bavail, bsize, blocks, bfree} = statfsSync(directory);
    const {faults, readings} = await inspect({
      path: directory,
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
    const {faults} = await inspect({path: '/', free});
    expect(faults).toMatchObject([
      {
        kind: 'disk_low',
        text: expect.stringMatching(
          /^[\d.]+ \w+ of [\d.]+ \w+ free \([\d.]+%\) on \/, expected at least /,
        ),
      },
    ]);
    expect(render(faults[0]?.text ?? '').endsWith(shown)).toBe(true);
  });

  test('that is not there does not know', async () => {
    const path = join(directory, 'file');
    expect(await inspect(path)).toMatchObject({
      faults: [],
      warnings: [{kind: 'check_unknown', text: `${path} does not exist, so its disk is unknown`}],
    });
  });
});
