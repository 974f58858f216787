import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined} from '../helpers/doctor.ts';
import {startStandIn, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('a monitor of another version is told, with how to begin it anew', async () => {
  expect(
    (await examined({stateDir: monitor.stateDir({version: '0.0.9'})})).version_differs,
  ).toMatchObject({
    level: 'warn',
    seen: expect.stringContaining('agent2 0.0.9'),
    next: 'agent2 stop && agent2 start http://127.0.0.1:3000/ --name web --restart CMD',
  });
  expect(
    (await examined({stateDir: monitor.stateDir({version: undefined})})).version_differs?.seen,
  ).toContain('older than this one');
});
