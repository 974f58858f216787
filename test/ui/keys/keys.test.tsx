import {expect, test, vi} from 'vitest';
import {update} from '../../../source/core/update.ts';
import {downTarget, fix, healthyTarget, NOW, stateOf} from '../../helpers/states.ts';
import {DOWN, ENTER, ESCAPE, renderScreen, RIGHT, TAB} from '../render-screen.tsx';
import {withFix} from '../../helpers/with-fix.ts';

const RESTART = {type: 'restart-requested', target: 'webui', by: 'user'} as const;

test.each([
  ['Enter, since Cancel is chosen', ENTER],
  ['n', 'n'],
  ['Esc', ESCAPE],
])('r and then %s restarts nothing', async (_, key) => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('r');
  await screen.until('[Cancel]');
  screen.press(key);
  await screen.until(frame => !frame.includes('Cancel'));
  expect(screen.monitor.requests).toEqual([]);
});

test.each([
  ['y', ['y']],
  ['the right arrow and Enter', [RIGHT, ENTER]],
  ['Tab and Enter', [TAB, ENTER]],
])('r and then %s restarts', async (_, keys) => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('r', ...keys);
  await screen.until(frame => !frame.includes('Cancel'));
  expect(screen.monitor.requests).toEqual([RESTART]);
});

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

test('without a fix r asks nothing: the core refuses, and the why line says how to give one', async () => {
  const target = healthyTarget({settings: {...healthyTarget().settings, ...withFix('none')}});
  const screen = await renderScreen(stateOf(target));
  screen.press('r');
  expect(screen.monitor.requests).toEqual([RESTART]);
  const [refused] = update(stateOf(target), {...RESTART, at: NOW});
  screen.monitor.show(refused);
  const frame = await screen.until('no restart:');
  expect(frame).toContain('--restart');
  expect(frame).not.toContain('Cancel');
});

test('p pauses, and resumes what is paused', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('p');
  screen.monitor.show(stateOf(healthyTarget({paused: true})));
  screen.press('p');
  expect(screen.monitor.requests).toEqual([
    {type: 'paused', target: 'webui'},
    {type: 'resumed', target: 'webui'},
  ]);
});

test('o turns observing on, and off again', async () => {
  const screen = await renderScreen(stateOf(healthyTarget({observing: true})));
  screen.press('o');
  expect(screen.monitor.requests).toEqual([{type: 'observing', target: 'webui', on: false}]);
});

test.each(
  ['dev', 'test', 'prod', 'high-load', 'low-latency', 'unstable-network'].map((name, index) => [
    index + 1,
    name,
  ]),
)('%d switches to the preset %s', async (key, name) => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press(String(key));
  expect(screen.monitor.requests).toEqual([{type: 'preset', target: 'webui', name}]);
});

test('g shows the last hour instead of the last 5 minutes', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('g');
  await screen.until('Response time, last 1 h');
  screen.press('g');
  await screen.until('Response time, last 5 min');
});

test('t goes to the next theme and tells its name', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('t', 't');
  expect(screen.themes).toEqual(['mono', 'dark']);
});

test('j and the down arrow select an older fix, whose detail is shown', async () => {
  const fixes = [
    fix({at: NOW - 300_000, detail: 'the oldest'}),
    fix({at: NOW - 200_000, detail: 'the middle'}),
    fix({at: NOW - 100_000, detail: 'the newest'}),
  ];
  const screen = await renderScreen(stateOf(healthyTarget({fixes})));
  expect(screen.frame()).toContain('restart: the newest');
  screen.press('j');
  await screen.until('restart: the middle');
  screen.press(DOWN, DOWN);
  await screen.until('restart: the oldest');
  screen.press('k');
  await screen.until('restart: the middle');
});

test('the list of fixes scrolls to the selected one', async () => {
  const fixes = Array.from({length: 50}, (_, index) => fix({at: NOW - (49 - index) * 1_000}));
  const screen = await renderScreen(stateOf(healthyTarget({fixes})));
  screen.press('j'.repeat(40));
  await screen.until('41 of 50');
  expect(screen.frame()).toContain('▸ 10:29:20');
});

test('w and ? open a page and close it again, as Esc does', async () => {
  const screen = await renderScreen(stateOf(downTarget()));
  for (const [open, title, close] of [
    ['w', '╭ Why', 'w'],
    ['?', '╭ Keys', ESCAPE],
  ] as const) {
    screen.press(open);
    await screen.until(title);
    screen.press(close);
    await screen.until('╭ Fixes');
  }
});

test('a page that is too long scrolls, no further than its end', async () => {
  const screen = await renderScreen(stateOf(downTarget()), {rows: 17});
  screen.press('?');
  await screen.until('1-11 of 16, j k scroll');
  screen.press('jjjjjjj');
  await screen.until('6-16 of 16');
  screen.press('k');
  await screen.until('5-15 of 16');
});

test('a page scrolls on a small screen as well', async () => {
  const screen = await renderScreen(stateOf(downTarget()), {columns: 40, rows: 10});
  screen.press('?');
  await screen.until(/^Keys +1-7 of \d+, j k scroll$/m);
  screen.press('j');
  await screen.until(/^Keys +2-8 of/m);
  screen.press('k'.repeat(3), 'j'.repeat(60));
  await screen.until('? could not look');
  screen.press('k');
  await screen.until(frame => !frame.includes('? could not look'));
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

test('a small screen asks before a restart as well', async () => {
  for (const size of [
    {columns: 40, rows: 10},
    {columns: 12, rows: 3},
  ]) {
    const screen = await renderScreen(stateOf(healthyTarget()), size);
    screen.press('r');
    await screen.until(frame => /restart\?|Restart webui/.test(frame));
    screen.press('y');
    expect(screen.monitor.requests).toEqual([RESTART]);
  }
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
      screen.ui.set({note: {text: 'goes to the background …', whileLost: false}, busy: true}),
  });
  screen.press('b');
  await screen.until('goes to the background …');
  screen.press('p', 'q', 'r');
  expect([screen.monitor.requests, screen.quits, screen.ui.get().stack]).toEqual([[], [], []]);
});
