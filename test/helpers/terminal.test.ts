import {fileURLToPath} from 'node:url';
import {afterEach, expect, test} from 'vitest';
import {cleanUp} from './cleanup.ts';
import {makeHome} from './home.ts';
import {isAlive} from './processes.ts';
import {openTerminal, type OpenTerminal} from './terminal.ts';
import {until} from './until.ts';

afterEach(cleanUp);

const open = (): OpenTerminal =>
  openTerminal({
    argv: [process.execPath, fileURLToPath(new URL('fixtures/painter.mjs', import.meta.url))],
    cols: 40,
    rows: 5,
    env: makeHome().env,
  });

test('a terminal shows what its program draws, passes keys and sizes on, and knows cursor and screen', async () => {
  const terminal = open();
  expect(await terminal.waitFor('ready')).toBe('ready 40x5');
  expect([terminal.cursorVisible(), terminal.alternateScreen()]).toEqual([false, true]);
  terminal.type('\u001B[A');
  await terminal.waitFor('got "\\u001b[A"');
  terminal.resize(30, 4);
  await terminal.waitFor(/^now 30x4$/m);
  expect(terminal.raw()).toContain('\u001B[31mready');
  terminal.type('q');
  expect(await terminal.exited()).toEqual({code: 3, signal: undefined});
  expect([terminal.cursorVisible(), terminal.alternateScreen()]).toEqual([true, false]);
});

test('a wait that is in vain says what the screen showed', async () => {
  const terminal = open();
  await terminal.waitFor('ready');
  await expect(terminal.waitFor('never', {deadlineMs: 50})).rejects.toThrow(
    /never within 50 ms:\nready 40x5/,
  );
  terminal.kill('SIGTERM');
  await expect(terminal.waitFor('never')).rejects.toThrow('the program ended before');
  expect(await terminal.exited()).toMatchObject({signal: 15});
});

test('a program whose terminal goes away gets SIGHUP', async () => {
  const terminal = open();
  await terminal.waitFor('ready');
  terminal.hangUp();
  await until('the program is gone', () => !isAlive(terminal.pid));
});

test('disposing of a terminal ends its program', async () => {
  const terminal = open();
  await terminal.waitFor('ready');
  await terminal.dispose();
  await until('the program is gone', () => !isAlive(terminal.pid));
});
