import {afterEach, beforeEach, expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {targetFrom} from '../../source/config/options/target.ts';
import {startMsOf, waitUntilUp} from '../../source/instances/start.ts';
import {cleanUp} from '../helpers/cleanup.ts';
import {makePlaces, statusOf, targetOf, type Places} from './places.ts';

let places: Places;

beforeEach(async () => {
  places = await makePlaces();
});
afterEach(cleanUp);

const PID = 4_194_000;
const unchecked = (name: string) => ({...targetOf(name), last_check: null});

/** What is known of the monitor after that time. */
const after = (dir: string, ms: number, signal?: AbortSignal) => waitUntilUp(dir, PID, ms, signal);

test('a monitor is up when every target was checked, or is paused', async () => {
  const web = places.add('web', {
    status: {
      ...statusOf(PID, []),
      targets: [targetOf('web'), {...unchecked('db'), status: 'paused'}],
    },
  });
  expect((await after(web, 60_000))?.targets).toHaveLength(2);
});

test('a start waits until the monitor is up', async () => {
  const web = places.add('web', {
    status: {...statusOf(PID, []), targets: [targetOf('web'), unchecked('db')]},
  });
  const waited = after(web, 60_000);
  places.add('web', {status: statusOf(PID, ['web', 'db'])});
  expect((await waited)?.targets).toMatchObject([{checked: true}, {checked: true}]);
});

test('after the deadline or an abort the last status is returned', async () => {
  const targets = [targetOf('web'), unchecked('db')];
  const web = places.add('web', {status: {...statusOf(PID, []), targets}});
  expect((await after(web, 50))?.targets).toMatchObject([{checked: true}, {checked: false}]);
  expect(await after(web, 60_000, AbortSignal.abort())).toBeDefined();
});

test('the status of another process does not count', async () => {
  const web = places.add('web', {status: statusOf(PID + 1, ['web'])});
  expect(await after(web, 50)).toBeUndefined();
  expect(await after(places.add('half', {status: '{"pid": '}), 50)).toBeUndefined();
});

test('the time for a start covers every try of the slowest first check, and the end of a leftover child', () => {
  const target = {...targetFrom('http://127.0.0.1:1/', {}, undefined, '/'), overrides: {}};
  const {intervalMs, timeoutMs, retries, confirmMs} = presets[target.preset];
  const first = intervalMs + (retries + 1) * (timeoutMs + confirmMs);
  const ms = startMsOf([target], () => false);
  expect(ms).toBeGreaterThan(first);
  expect(startMsOf([target], () => true)).toBe(ms + target.fix.stopTimeoutMs);
  const slow = {...target, overrides: {timeoutMs: 60_000}};
  expect(startMsOf([target, slow], () => false)).toBe(startMsOf([slow], () => false));
  expect(startMsOf([slow], () => false)).toBeGreaterThan(ms);
});
