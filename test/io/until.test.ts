import {expect, test} from 'vitest';
import {until} from '../../source/io/until.ts';
import {garbageCollector} from '../helpers/garbage.ts';

test('waiting ends with the answer yes', async () => {
  let asked = 0;
  expect(await until(() => ++asked === 3, {everyMs: 1, withinMs: 10_000})).toBe(true);
});

test('waiting ends when its time is over, also when garbage is collected meanwhile and it can be interrupted too', async () => {
  const collectGarbage = garbageCollector();
  setTimeout(collectGarbage, 20);
  expect(
    await until(() => false, {everyMs: 5, withinMs: 60, signal: new AbortController().signal}),
  ).toBe(false);
});

test('waiting ends at once when it is interrupted, however seldom it asks', async () => {
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 20);
  expect(await until(() => false, {everyMs: 60_000, signal: interrupt.signal})).toBe(false);
});
