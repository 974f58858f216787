import {afterEach, beforeEach, expect, test} from 'vitest';
import {stopMonitor} from '../../source/instances/stop.ts';
import type {Holder} from '../../source/io/state-dir/lock.ts';
import {startProgram, type Started} from '../fixtures/services/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {isAlive, processState, signal} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';
import {makePlaces, statusOf, targetOf, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

const holderOf = ({pid, info}: Started): Holder => ({pid, startKey: info.startKey, targets: []});

test('a monitor is stopped, and the text says what becomes of its targets', async () => {
  const {monitor} = places;
  const web = places.add('web', {
    status: {
      ...statusOf(monitor.pid, []),
      targets: [{...targetOf('own'), owns_process: true}, targetOf('other')],
    },
  });
  const {ok, text} = await stopMonitor(web, holderOf(monitor), {force: false});
  expect(ok).toBe(true);
  expect(text).toMatch(
    /^agent2, pid \d+, has stopped in .*; own, which it started, was stopped too; nothing watches or heals other now$/,
  );
  expect(isAlive(monitor.pid)).toBe(false);
});

test('a later process with its pid gets no signal', async () => {
  const {monitor} = places;
  const stranger = {...holderOf(monitor), startKey: 'another start'};
  expect(await stopMonitor(places.add('web', {}), stranger, {force: true})).toMatchObject({
    ok: true,
  });
  expect(isAlive(monitor.pid)).toBe(true);
});

test('a monitor that has ended on its own needs nothing', async () => {
  expect(
    await stopMonitor(places.add('web', {}), {pid: 4_194_000, targets: []}, {force: false}),
  ).toEqual({ok: true, text: 'agent2, pid 4194000, has just ended on its own'});
});

test('a suspended monitor is stopped too', async () => {
  const {monitor} = places;
  signal(monitor.pid, 'SIGSTOP');
  await until('it stands', () => processState(monitor.pid) === 'T');
  expect(await stopMonitor(places.add('web', {}), holderOf(monitor), {force: false})).toMatchObject(
    {ok: true},
  );
});

test('a monitor that does not end in time is left, with the reason and how to kill it, and killed only by force', async () => {
  const stubborn = await startProgram('stubborn.mjs', [places.home]);
  const web = places.add('web', {
    status: {...statusOf(stubborn.pid, ['web']), awaited_fixes: ['web']},
  });
  const {ok, text} = await stopMonitor(web, holderOf(stubborn), {timeoutMs: 100, force: false});
  expect(ok).toBe(false);
  expect(text).toBe(
    `agent2, pid ${stubborn.pid}, is still there after 100ms; it waits for the running fix of web; wait longer (--timeout 2m), or kill it: agent2 stop --force --state-dir ${web}`,
  );
  expect(isAlive(stubborn.pid)).toBe(true);
  const forced = await stopMonitor(web, holderOf(stubborn), {timeoutMs: 100, force: true});
  expect(forced.ok).toBe(true);
  expect(forced.text).toContain('was killed after');
  expect(isAlive(stubborn.pid)).toBe(false);
});
