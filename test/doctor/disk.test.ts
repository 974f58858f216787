import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('a disk that is full, or nearly, is told', async () => {
  const disk = (freeBytes: number) => ({
    disk: async () =>
      ({
        kind: 'there',
        totalBytes: 10_000_000_000,
        usedBytes: 10_000_000_000 - freeBytes,
        freeBytes,
      }) as const,
  });
  expect(
    (await examined({stateDir: monitor.stateDir(), machine: disk(4_096)})).disk_full,
  ).toMatchObject({
    level: 'fail',
    seen: expect.stringContaining('4 KiB of'),
    next: expect.stringContaining('df -h'),
  });
  expect(
    (await examined({stateDir: monitor.stateDir(), machine: disk(100_000_000)})).disk_low?.level,
  ).toBe('warn');
});
