import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {isoTime} from '../../source/format/time.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('a status file that is half a file, or of the future', async () => {
  expect(
    (await examined({stateDir: monitor.stateDir('{"status": "moni')})).status_corrupt,
  ).toMatchObject({level: 'fail', next: expect.stringContaining('agent2 start')});
  expect(
    (await examined({stateDir: monitor.stateDir({updated: isoTime(Date.now() + 3_600_000)})}))
      .status_future,
  ).toMatchObject({level: 'warn', next: 'date; timedatectl status'});
});

test('a status file that is missing, or that another process wrote, is told', async () => {
  const missing = monitor.stateDir();
  rmSync(join(missing, 'agent2_status.json'));
  expect((await examined({stateDir: missing})).status_missing?.level).toBe('fail');
  expect(
    (await examined({stateDir: monitor.stateDir({pid: process.pid})})).status_foreign,
  ).toMatchObject({
    level: 'warn',
    seen: `written by pid ${process.pid}, but pid ${monitor.pid} is the monitor here`,
  });
});
