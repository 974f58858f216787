import {expect, test} from 'vitest';
import {healthyTarget, stateOf, stateOfAll, threeTargets} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

const three = threeTargets();

const FAULTS = [
  {key: 'c', label: 'crash', run: () => undefined},
  {key: 'e', label: 'error 500', run: () => undefined},
];

const DEMO = [
  'c crash',
  'h hang',
  'z freeze',
  's slow',
  'e error 500',
  'd status down',
  'm repair',
];

const KEYS = ['r', 'p', 'o', '1-6', 'g', 'j k', 'Enter', 'i', 'w', 't', '?', 'q', 'Ctrl-L'];

const run = () => undefined;

const faults = DEMO.map(fault => ({key: fault.slice(0, 1), label: fault.slice(2), run}));

test.each([
  [80, 24],
  [60, 16],
  [40, 10],
  [24, 6],
])(
  'at %d x %d every key and every fault of the demo can be read in the help, by scrolling where it says so',
  async (columns, rows) => {
    const screen = await renderScreen(stateOf(healthyTarget()), {columns, rows, faults});
    screen.press('?');
    let text = await screen.until(/Keys|of \d+, j k/);
    const hidden = /\d+-(\d+) of (\d+), j k scroll/.exec(text);
    for (let line = Number(hidden?.[1] ?? 0) + 1; line <= Number(hidden?.[2] ?? 0); line++) {
      screen.press('j');
      text += await screen.until(`-${line} of `);
    }
    expect(text.replaceAll(text.split('\n')[0] ?? '', '')).not.toContain('…');
    const words = text.replace(/[│\s]+/g, ' ');
    for (const part of [...DEMO, ...KEYS.map(key => ` ${key} `), 'nothing heals it after that'])
      expect(words).toContain(part);
  },
);

test('at 80x24 the help of the demo needs no scrolling', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {faults});
  screen.press('?');
  const frame = await screen.until('╭ Keys');
  for (const part of [...DEMO, '? could not check']) expect(frame).toContain(part);
  expect(frame).toContain('q       quit: stops watching webui; nothing heals it after that');
});

test('the help screen lists every key and what the symbols mean', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {faults: FAULTS});
  screen.press('?');
  expect(await screen.until('╭ Keys')).toMatchInlineSnapshot(`
    " agent2  webui  ● OK   http://127.0.0.1:8080/api/health       test  every 5s  ▶
    ╭ Keys ─────────────────────────────────────────────────────────────────── Esc ╮
    │  r       restart the service now (asks first)                                │
    │  p       pause or resume checks and healing                                  │
    │  o       observe only (checks without healing), or heal again                │
    │  1-6     preset: dev, test, prod, high-load, low-latency, unstable-network   │
    │  g       time range of the chart: 5 min or 1 h                               │
    │  j k     select an older or a newer fix (also the arrow keys)                │
    │  Enter   open the incident of the selected fix, or the current one           │
    │  i       all recorded incidents                                              │
    │  w       the whole story: what agent2 saw, decided and does next             │
    │  t       next theme                                                          │
    │  ?       this page                                                           │
    │  q       quit: stops watching webui; nothing heals it after that             │
    │  Ctrl-L  redraw the screen                                                   │
    │  break   c crash  e error 500                                                │
    │                                                                              │
    │  ● OK  ▲ WARN  ✖ DOWN  ○ UNKNOWN                                             │
    │  ▁ ▇ good, quick or slow  ! over the limit  x failed  ? could not check      │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  healthy; 0 of 3 restarts used in 5 min
     Esc back  j k scroll  q quit"
  `);
});

test('with several targets the help has their keys as well', async () => {
  const screen = await renderScreen(stateOfAll(three));
  screen.press('?');
  const frame = await screen.until('╭ Keys');
  expect(frame).toContain('j k     select another target or fix');
  expect(frame).toContain('Tab     switch between targets and fixes');
  expect(frame).toContain('/       list only targets whose names contain what you type (Esc: all)');
});
