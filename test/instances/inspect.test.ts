import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {inspectMonitor} from '../../source/instances/inspect.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {makePlaces, statusOf, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

const now = () => Date.now();

test('a monitor that runs and writes its status is up, with its targets and resources', async () => {
  const web = places.running('web', ['web']);
  const look = await inspectMonitor(web, now());
  expect(look).toMatchObject({
    stateDir: web,
    condition: 'up',
    pid: places.monitor.pid,
    documents: [{name: 'web'}],
    process: {rssBytes: expect.any(Number) as number},
  });
  expect(look?.process?.rssBytes).toBeGreaterThan(1_000_000);
});

test('a monitor whose status is too old for its interval is stale', async () => {
  const web = places.running('web', ['web']);
  expect((await inspectMonitor(web, now() + 20_000))?.condition).toBe('up');
  expect((await inspectMonitor(web, now() + 60_000))?.condition).toBe('stale');
  expect((await inspectMonitor(web, now() - 60_000))?.ageMs).toBe(0);
});

test('a suspended monitor is suspended even with a fresh status', async () => {
  const web = places.running('web', ['web']);
  signal(places.monitor.pid, 'SIGSTOP');
  await until('it stands', () => processState(places.monitor.pid) === 'T');
  expect((await inspectMonitor(web, now()))?.condition).toBe('suspended');
});

test('a monitor beside the status of an earlier one is starting, and does not get that status', async () => {
  const {pid} = places.monitor;
  const web = places.add('web', {pid, watches: ['web'], status: statusOf(4_194_000, ['old'])});
  expect(await inspectMonitor(web, now())).toMatchObject({
    condition: 'starting',
    pid,
    status: undefined,
    documents: [],
    ageMs: undefined,
  });
  const half = places.add('half', {pid, watches: ['web'], status: '{"targets": ['});
  expect((await inspectMonitor(half, now()))?.condition).toBe('starting');
});

test('a monitor that is gone has ended or, without a last status, died; an unused directory has none', async () => {
  expect((await inspectMonitor(places.ended('ended', ['web']), now()))?.condition).toBe('ended');
  const pid = 4_194_000;
  const died = places.add('died', {pid, watches: ['web'], status: statusOf(pid, ['web'])});
  expect(await inspectMonitor(died, now())).toMatchObject({condition: 'died', pid});
  expect(await inspectMonitor(places.add('empty', {}), now())).toBeUndefined();
  expect(await inspectMonitor(join(places.home, 'nowhere'), now())).toBeUndefined();
});

test('a directory that cannot be read is no monitor, and no error', async () => {
  const odd = places.add('odd', {});
  mkdirSync(join(odd, 'agent2.pid'));
  mkdirSync(join(odd, 'agent2_status.json'));
  expect(await inspectMonitor(odd, now())).toBeUndefined();
});
