import {EventEmitter} from 'node:events';
import {afterEach, expect, test, vi} from 'vitest';
import {definition as dark} from '../../themes/dark.ts';
import {
  downTarget,
  fakeMonitor,
  healthyTarget,
  logOf,
  NOW,
  samples,
  stateOf,
} from '../helpers/states.ts';
import {until} from '../helpers/until.ts';
import {fakeTerminal, systemError} from './fake-terminal.ts';

// Ink looks at CI when it is imported, and draws nothing of its own where it is set.
vi.stubEnv('CI', 'true');
const {startUi} = await import('../../source/ui/start.tsx');
vi.unstubAllEnvs();

function fakeStdin() {
  const events = new EventEmitter();
  const typed: string[] = [];
  const modes: boolean[] = [];
  return Object.assign(events, {
    isTTY: true,
    modes,
    setEncoding: () => undefined,
    setRawMode(on: boolean) {
      modes.push(on);
      events.emit('mode', on);
    },
    ref: () => undefined,
    unref: () => undefined,
    read: () => typed.shift() ?? null,
    type(keys: string) {
      typed.push(keys);
      events.emit('readable');
    },
  });
}

const open: {close(): void}[] = [];
afterEach(() => {
  for (const ui of open.splice(0)) ui.close();
});

function start(columns = 100, rows = 30, target = healthyTarget()) {
  const terminal = fakeTerminal(columns, rows);
  const stdin = fakeStdin();
  let writesBeforeKeys: number | undefined;
  stdin.once('mode', () => (writesBeforeKeys = terminal.writes.length));
  const monitor = fakeMonitor(stateOf(target));
  const onQuit = vi.fn();
  const ui = startUi({
    monitor,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: terminal,
    themes: [dark],
    themeName: 'dark',
    onTheme: () => undefined,
    ascii: false,
    quitMessage: 'stops watching webui; nothing heals it after that',
    onQuit,
  });
  open.push(ui);
  const shows = (wanted: string | ((screen: string) => boolean)) =>
    until(`the screen shows ${String(wanted)}`, async () => {
      const screen = await terminal.screen();
      return (typeof wanted === 'string' ? screen.includes(wanted) : wanted(screen)) && screen;
    });
  return {
    terminal,
    stdin,
    monitor,
    onQuit,
    ui,
    shows,
    writesBeforeKeys,
    listening: () => until('it listens', () => stdin.listenerCount('readable') > 0),
  };
}

test('the screen is drawn where CI is set as well', async () => {
  const {shows} = start();
  expect(await shows('╭ Fixes')).toContain('● OK');
});

test('keys are taken before the screen is: none of them is echoed onto it', () => {
  const {stdin, writesBeforeKeys} = start();
  expect(stdin.modes).toContain(true);
  expect(writesBeforeKeys).toBe(0);
});

test('q gives the terminal back before it says that the user quit', async () => {
  const {terminal, stdin, onQuit, ui, listening, shows} = start();
  await shows('╭ Fixes');
  await listening();
  onQuit.mockImplementation(() => expect(terminal.writes.at(-1)).toContain('\u001B[?1049l'));
  stdin.type('q');
  expect(await ui.closed).toBe('quit');
  expect(onQuit).toHaveBeenCalledTimes(1);
  expect(stdin.modes.at(-1)).toBe(false);
  expect(await terminal.screen()).toBe('');
  expect(terminal.alternate()).toBe(false);
});

test('close gives the terminal back before it returns', async () => {
  const {terminal, ui, onQuit, shows} = start();
  await shows('╭ Fixes');
  ui.close();
  expect(terminal.writes.at(-1)).toContain('\u001B[?1049l');
  expect(await ui.closed).toBe('quit');
  expect(onQuit).not.toHaveBeenCalled();
});

test('suspend gives the terminal back, resume takes it again and draws what came meanwhile', async () => {
  const {terminal, stdin, monitor, ui, listening, shows} = start();
  await shows('╭ Fixes');
  await listening();
  ui.suspend();
  expect(terminal.writes.at(-1)).toContain('\u001B[?1049l');
  expect(stdin.modes.at(-1)).toBe(false);
  monitor.show(stateOf(downTarget()));
  terminal.write('$ fg');
  ui.resume();
  expect(stdin.modes.slice(-2)).toEqual([false, true]);
  const screen = await shows('✖ DOWN');
  const fresh = start(100, 30, downTarget());
  expect(screen).toBe(await fresh.shows('✖ DOWN'));
  stdin.type('q');
  expect(await ui.closed).toBe('quit');
});

test('resume makes a screen whole that a shell wrote over, and does nothing once it is closed', async () => {
  const {terminal, ui, shows} = start();
  const whole = await shows('╭ Fixes');
  terminal.write('\u001B[5;1H[1]+  Stopped\r\n$ fg\u001B[?25h');
  ui.resume();
  expect(await shows(screen => !screen.includes('Stopped'))).toBe(whole);
  ui.close();
  const written = terminal.writes.length;
  ui.suspend();
  ui.resume();
  expect(terminal.writes.length).toBe(written);
});

test.each(['end', 'close'])('when stdin reports %s the terminal is gone', async event => {
  const {stdin, ui, onQuit, shows} = start();
  await shows('╭ Fixes');
  stdin.emit(event);
  expect(await ui.closed).toBe('gone');
  expect(onQuit).not.toHaveBeenCalled();
});

test('when a write fails the terminal is gone, and nothing is thrown at the monitor', async () => {
  const {terminal, monitor, stdin, ui, shows} = start();
  await shows('╭ Fixes');
  terminal.failure = systemError('EIO');
  monitor.show(stateOf(downTarget()));
  expect(await ui.closed).toBe('gone');
  stdin.emit('error', systemError('EIO'));
});

test('a storm of resizes ends in a whole screen of the last size', async () => {
  const {terminal, shows} = start(80, 24);
  await shows('╭ Fixes');
  for (let step = 0; step < 60; step++)
    terminal.resize(10 + ((step * 37) % 130), 3 + ((step * 13) % 40));
  terminal.resize(80, 24);
  const settled = await shows('╭ Fixes');
  const fresh = start(80, 24);
  expect(settled).toBe(await fresh.shows('╭ Fixes'));
});

test('a check every 5 s costs less than 400 bytes a second on a screen of 100x30', async () => {
  const {terminal, monitor, shows} = start();
  await shows('╭ Fixes');
  terminal.takeBytes();
  const checks = 30;
  for (let check = 1; check <= checks; check++) {
    const at = NOW + check * 5_000;
    const latencyMs = 4 + ((check * 7) % 10) / 3;
    const target = healthyTarget({
      samples: logOf(
        samples(60, at).map((sample, index) => (index === 59 ? {...sample, latencyMs} : sample)),
      ),
      lastCheck: {at, observation: {kind: 'ok', readings: {}, latencyMs}},
    });
    monitor.moveTo(at);
    monitor.show(
      stateOf({...target, readings: {...target.readings, api: {status: 200, totalMs: latencyMs}}}),
    );
    await shows(`${latencyMs.toFixed(1)} ms`);
  }
  expect(terminal.takeBytes() / (checks * 5)).toBeLessThan(400);
});
