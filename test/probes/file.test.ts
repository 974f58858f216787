import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {definition} from '../../source/probes/file.ts';
import {temporaryDirectory} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {checkOf} from '../helpers/probe.ts';

let path: string;

beforeEach(() => {
  path = join(temporaryDirectory(), 'file');
});
afterEach(cleanUp);

const inspect = (options: unknown) => checkOf(definition, options)();

describe('a file', () => {
  test('that is there is fine, with its size and age', async () => {
    writeFileSync(path, 'x'.repeat(2_048));
    utimesSync(path, new Date(), new Date(Date.now() - 90_000));
    expect(await inspect(path)).toEqual({
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
    expect((await inspect(path)).faults).toEqual([
      {probe: 'mine', kind: 'file_missing', text: `${path} is missing`},
    ]);
    expect((await inspect({path: join(path, 'below'), absent: true})).faults).toEqual([]);
    writeFileSync(path, '');
    expect((await inspect({path, absent: true})).faults).toEqual([
      {probe: 'mine', kind: 'file_present', text: `${path} exists, but should not`},
    ]);
    expect((await inspect(join(path, 'below'))).faults).toMatchObject([{kind: 'file_missing'}]);
  });

  test('that is too old, too small or too large is a fault', async () => {
    writeFileSync(path, 'x'.repeat(1_000));
    utimesSync(path, new Date(), new Date(Date.now() - 26 * 3_600_000));
    expect((await inspect({path, maxAge: '25h', minSize: '1KiB'})).faults).toEqual([
      {
        probe: 'mine',
        kind: 'file_stale',
        text: `${path} was last written 1d2h ago, expected within 1d1h`,
      },
      {probe: 'mine', kind: 'file_size', text: `${path} has 1000 B, expected at least 1 KiB`},
    ]);
    expect((await inspect({path, maxAge: '27h', maxSize: 999})).faults).toEqual([
      {probe: 'mine', kind: 'file_size', text: `${path} has 1000 B, expected at most 999 B`},
    ]);
  });

  test('that cannot be looked at is not held against the service', async () => {
    const name = 'x'.repeat(300);
    expect(await inspect(`/${name}`)).toMatchObject({
      faults: [],
      warnings: [{kind: 'check_unknown', text: `/${name} cannot be read (ENAMETOOLONG)`}],
    });
  });

  test('from the future is new', async () => {
    mkdirSync(path);
    utimesSync(path, new Date(), new Date(Date.now() + 3_600_000));
    expect((await inspect({path, maxAge: '1s'})).faults).toEqual([]);
  });
});
