import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('the troubles of a monitor itself are told', async () => {
  const {monitor_trouble: found} = await examined({
    stateDir: monitor.stateDir({troubles: {log: 'agent2.log cannot be written: EACCES'}}),
  });
  expect(found).toMatchObject({
    level: 'warn',
    seen: 'log: agent2.log cannot be written: EACCES',
    next: expect.stringContaining('ls -ld'),
  });
});
