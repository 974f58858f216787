import {expect, test} from 'vitest';
import {update} from '../../../../source/core/update.ts';
import {healthyTarget, NOW, stateOf, stateOfAll, threeTargets} from '../../../helpers/states.ts';
import {withFix} from '../../../helpers/with-fix.ts';
import {ENTER, ESCAPE, renderScreen, RIGHT, TAB} from '../../render-screen.tsx';

const three = threeTargets();
const [, b, c] = three;

const RESTART = {type: 'restart-requested', target: 'webui', by: 'user'} as const;

test('the question before a restart stands over the panels and says what would be run', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('r');
  expect(await screen.until('[Cancel]')).toMatchInlineSnapshot(`
    " agent2  webui  ● OK   http://127.0.0.1:8080/api/health       test  every 5s  ▶
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┤ ╭╮      ╭╮     ╭╮     ╭╮     │
    │ port     ● :8080    listening        ││    24 ┤ ││      ││     ││     ││     │
    │ api      ● 200  ╭ Restart webui ───────────────────────────╮   ││     ││     │
    │ failures 0/2  f │                                          │   ││     ││     │
    │ uptime   99.95% │ Restart webui now?                       │ ──╯╰─────╯╰──── │
    │ state    ok for │ This runs:                               │                 │
    │ incident none   │ node server.js                           │ 28  max 28      │
    │ repair   comman │                                          │ ▁▁▁▁▁▁▁  checks │
    ╰──────────────── │ [Cancel]   Restart                       │ ────────────────╯
    ╭ Fixes ───────── │                                          │ ──────── 1 of 1 ╮
    │    time      is │ y restarts   n or Esc cancels            │ althy after     │
    │  ▸ 10:25:12  pr │                                          │ 3 s             │
    │                 ╰──────────────────────────────────────────╯                 │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │    restart: node server.js: exit 0                                           │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  healthy; 0 of 3 restarts used in 5 min
     y restart  n cancel  < > move  Enter choose  q quit"
  `);
});

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

test('a status line names the target that a restart is asked for', async () => {
  const screen = await renderScreen(stateOfAll(three), {columns: 30, rows: 3});
  screen.press('jr');
  await screen.until('restart b? y/n');
});

test('a question closes when its target is removed, and y restarts no other one', async () => {
  const screen = await renderScreen(stateOfAll(three));
  screen.press('r');
  await screen.until('Restart a now?');
  screen.monitor.show(stateOfAll([b, c]));
  screen.press('y');
  await screen.until(frame => !frame.includes('Restart'));
  expect(screen.monitor.requests).toEqual([]);
});
