import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanUp} from '../helpers/cleanup.ts';
import {examined, troubles} from '../helpers/doctor.ts';
import {startStandIn, TARGET, type StandIn} from './stand-in.ts';

let monitor: StandIn;

beforeAll(async () => {
  monitor = await startStandIn();
});
afterAll(cleanUp);

test('two monitors that heal the same service are told, unless one only observes', async () => {
  const other = monitor.stateDir();
  expect(
    (await examined({stateDir: monitor.stateDir(), neighbours: [other]})).healed_twice,
  ).toMatchObject({level: 'fail', next: `agent2 stop --state-dir ${other}`});
  const spelled = monitor.stateDir({
    targets: [
      {
        ...TARGET,
        address: `${TARGET.address.replace('127.0.0.1', 'localhost')}health`,
        process: null,
      },
    ],
  });
  expect(
    (await examined({stateDir: monitor.stateDir(), neighbours: [spelled]})).healed_twice?.level,
  ).toBe('fail');
  const observer = monitor.stateDir({targets: [{...TARGET, observing: true}]});
  expect(troubles(await examined({stateDir: monitor.stateDir(), neighbours: [observer]}))).toEqual(
    [],
  );
});
