import {expect, test} from 'vitest';
import type {Glance} from '../../../source/io/process/process-info.ts';
import {sharedGlance} from '../../../source/io/process/shared-glance.ts';

const web = {pid: 101, startKey: '1@boot'};

test('all who look at a process share one open file, which is closed with the last of them', () => {
  const {opened, closed, openOwn} = looks();
  const [first, second] = [sharedGlance(web, openOwn), sharedGlance(web, openOwn)];
  expect(opened()).toBe(1);
  first?.close();
  first?.close();
  expect(closed()).toBe(0);
  second?.close();
  expect(closed()).toBe(1);
  sharedGlance(web, openOwn)?.close();
  expect({opened: opened(), closed: closed()}).toEqual({opened: 2, closed: 2});
});

test('another process with the same pid is another one', () => {
  const {opened, openOwn} = looks();
  const glances = [sharedGlance(web, openOwn), sharedGlance({...web, startKey: '2@boot'}, openOwn)];
  expect(opened()).toBe(2);
  for (const glance of glances) glance?.close();
});

test('they share one read in a turn of the loop, and the next turn reads anew', async () => {
  const {read, openOwn} = looks();
  const glances = [sharedGlance(web, openOwn), sharedGlance(web, openOwn)];
  expect(glances.map(glance => glance?.state())).toEqual(['alive', 'alive']);
  expect(read()).toBe(1);
  await Promise.resolve();
  expect(glances.map(glance => glance?.state())).toEqual(['alive', 'alive']);
  expect(read()).toBe(2);
  for (const glance of glances) glance?.close();
});

test('a process that is gone before anybody looks has none', () => {
  expect(sharedGlance(web, () => undefined)).toBeUndefined();
});

function looks() {
  const counts = {opened: 0, closed: 0, read: 0};
  const openOwn = (): Glance => {
    counts.opened++;
    return {
      state() {
        counts.read++;
        return 'alive';
      },
      close: () => void counts.closed++,
    };
  };
  return {
    openOwn,
    opened: () => counts.opened,
    closed: () => counts.closed,
    read: () => counts.read,
  };
}
