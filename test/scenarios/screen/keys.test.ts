import {afterEach, expect, test} from 'vitest';
import {cleanUp} from '../../helpers/cleanup.ts';
import {isAlive} from '../../helpers/processes.ts';
import {untilHealthy} from '../../helpers/service.ts';
import {readStatus} from '../../helpers/status.ts';
import {until} from '../../helpers/until.ts';
import {watchService} from '../../helpers/watch.ts';

afterEach(cleanUp);

const ESCAPE = '\u001B';
const ENTER = '\r';

test('r asks first: Escape and a bare Enter leave the service alone, y restarts it', async () => {
  const {home, service, terminal} = await watchService();
  for (const key of [ESCAPE, ENTER]) {
    terminal.type('r');
    await terminal.waitFor(/Cancel/);
    terminal.type(key);
    await terminal.waitFor(screen => !/Cancel/.test(screen));
  }
  expect(service.currentPid()).toBe(service.pid);
  expect(readStatus(home)?.fixes).toEqual([]);
  terminal.type('r');
  await terminal.waitFor(/Cancel/);
  terminal.type('y');
  await terminal.waitFor(screen => /● OK/.test(screen) && /manual .*success/.test(screen));
  await untilHealthy(service.url);
  expect(service.currentPid()).not.toBe(service.pid);
  expect(isAlive(service.pid)).toBe(false);
});

test('while paused nothing is restarted; once resumed it is', async () => {
  const {home, service, terminal} = await watchService();
  terminal.type('p');
  await terminal.waitFor(/paused/i);
  service.signal('SIGKILL');
  await expect(terminal.waitFor(/crashed|fixing/i, {deadlineMs: 1_500})).rejects.toThrow(
    'did not show',
  );
  expect(readStatus(home)).toMatchObject({status: 'paused', fixes: []});
  terminal.type('p');
  await terminal.waitFor(screen => /● OK/.test(screen) && /crashed .*success/.test(screen));
  expect(service.currentPid()).not.toBe(service.pid);
});

test('while only observed a crash is shown and not healed; healing again heals it', async () => {
  const {home, service, terminal} = await watchService();
  terminal.type('o');
  await terminal.waitFor(/observe only/);
  service.signal('SIGKILL');
  await terminal.waitFor(/DOWN/);
  expect(readStatus(home)?.fixes).toEqual([]);
  terminal.type('o');
  await terminal.waitFor(screen => /● OK/.test(screen) && /crashed .*success/.test(screen));
});

test('a switch of preset keeps the fixes and the counters', async () => {
  const {home, service, terminal} = await watchService();
  service.signal('SIGKILL');
  await terminal.waitFor(screen => /● OK/.test(screen) && /crashed .*success/.test(screen));
  terminal.type('3');
  const prod = await terminal.waitFor(/prod +every 10 ?s/);
  expect(prod).toMatch(/crashed .*success/);
  terminal.type('2');
  await terminal.waitFor(/test +every 5 ?s/);
  await until(
    'the status file still tells of the fix',
    () => readStatus(home)?.fixes.at(-1)?.result === 'success',
  );
});

test('w tells the whole story, ? the keys, t changes the theme, and Escape leads back without quitting', async () => {
  const {terminal} = await watchService();
  terminal.type('w');
  await terminal.waitFor(/budget +0 of 5 fixes/);
  terminal.type(ESCAPE);
  await terminal.waitFor(/Fixes/);
  terminal.type('?');
  await terminal.waitFor(/observe/);
  terminal.type(ESCAPE);
  await terminal.waitFor(/Fixes/);
  const before = terminal.raw().length;
  terminal.type('t');
  await until('the screen was drawn in other colours', () => terminal.raw().length > before);
  terminal.type('q');
  expect(await terminal.exited()).toEqual({code: 0, signal: undefined});
});
