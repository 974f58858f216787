import {expect, test} from 'vitest';
import {healthyTarget, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

const FAULTS = [
  'c crash',
  'h hang',
  'z freeze',
  's slow',
  'e error 500',
  'd status down',
  'm mend',
];
const KEYS = ['r', 'p', 'o', '1-6', 'g', 'j k', 'Enter', 'i', 'w', 't', '?', 'q', 'Ctrl-L'];
const run = () => undefined;
const faults = FAULTS.map(fault => ({key: fault.slice(0, 1), label: fault.slice(2), run}));

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
    for (const part of [...FAULTS, ...KEYS.map(key => ` ${key} `), 'nothing heals it then'])
      expect(words).toContain(part);
  },
);

test('at 80x24 the help of the demo needs no scrolling', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {faults});
  screen.press('?');
  const frame = await screen.until('╭ Keys');
  for (const part of [...FAULTS, '? could not look']) expect(frame).toContain(part);
  expect(frame).toContain('q       quit: stops watching webui; nothing heals it then');
});
