import {test} from 'vitest';
import {downTarget, stateOf} from '../../helpers/states.ts';
import {ESCAPE, renderScreen} from '../render-screen.tsx';

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
  await screen.until('? could not check');
  screen.press('k');
  await screen.until(frame => !frame.includes('? could not check'));
});
