import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('a monitor that may open few files is told of the limit', async () => {
  expect(
    (await examined({stateDir: monitor.stateDir(), machine: {openFileLimit: () => 64}}))
      .fd_limit_low,
  ).toMatchObject({level: 'warn', next: expect.stringContaining('ulimit -n 4096')});
});
