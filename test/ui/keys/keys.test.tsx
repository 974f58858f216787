import {expect, test, vi} from 'vitest';
import {healthyTarget, stateOf} from '../../helpers/states.ts';
import {ESCAPE, renderScreen} from '../render-screen.tsx';

const RESTART = {type: 'restart-requested', target: 'webui', by: 'user'} as const;

test('two keys that come in one read are two keys', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('ry');
  expect(screen.monitor.requests).toEqual([RESTART]);
});

test('pasted text presses no keys', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('\u001B[200~rypq\u001B[201~', 'o');
  expect(screen.monitor.requests).toEqual([{type: 'observing', target: 'webui', on: true}]);
  expect(screen.quits).toEqual([]);
});

test('t goes to the next theme and tells its name', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('t', 't');
  expect(screen.themes).toEqual(['mono', 'dark']);
});

test('Ctrl-Z does nothing: a suspended agent2 would heal nothing', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  const before = screen.frame();
  screen.press('\u001A', 'w');
  await screen.until('╭ Why');
  screen.press('w');
  await screen.until('╭ Fixes');
  expect(screen.frame()).toBe(before);
  expect(screen.monitor.requests).toEqual([]);
});

test('Esc neither quits nor acts', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press(ESCAPE);
  // Only a pause tells Esc from the beginning of a longer key.
  await new Promise(setImmediate);
  screen.press('w');
  await screen.until('╭ Why');
  expect(screen.quits).toEqual([]);
  expect(screen.monitor.requests).toEqual([]);
});

test.each([
  ['q', 'q'],
  ['Ctrl-C', '\u0003'],
])('%s quits, also where a question is open', async (_, key) => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('r', key);
  expect(screen.quits).toEqual([1]);
  expect(screen.monitor.requests).toEqual([]);
});

test('a key of the demo breaks its service, but not from within a question', async () => {
  const run = vi.fn();
  const screen = await renderScreen(stateOf(healthyTarget()), {
    faults: [{key: 'c', label: 'crash', run}],
  });
  screen.press('c', 'r', 'c');
  expect(run).toHaveBeenCalledTimes(1);
});

test('b gives the loop to the background, where there is one to give; else it says why not, until the next key', async () => {
  const background = vi.fn();
  const own = await renderScreen(stateOf(healthyTarget()), {background});
  own.press('b');
  expect(background).toHaveBeenCalledTimes(1);

  const demo = await renderScreen(stateOf(healthyTarget()), {background: 'the demo stays here'});
  demo.press('b');
  await demo.until('the demo stays here');

  const attached = await renderScreen(stateOf(healthyTarget()));
  attached.press('b');
  await attached.until('already in the background: q closes this screen');
  attached.press('g');
  await attached.until(frame => !frame.includes('already in the background'));
});

test('while the loop is handed over no key gets in the way', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {
    background: () =>
      screen.ui.set({note: {text: 'moves to the background …', whileLost: false}, busy: true}),
  });
  screen.press('b');
  await screen.until('moves to the background …');
  screen.press('p', 'q', 'r');
  expect([screen.monitor.requests, screen.quits, screen.ui.get().stack]).toEqual([[], [], []]);
});
