import {expect, test} from 'vitest';
import {diskFinding} from '../../../source/io/evidence/disk.ts';

test('a disk that is none, like /proc, is left out', async ctx => {
  if (process.platform !== 'linux') ctx.skip('needs /proc');
  expect(await diskFinding('disk', '/proc')).toEqual({});
});
