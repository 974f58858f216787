import {expect, test} from 'vitest';
import {manyTargets, stateOfAll, threeTargets} from '../../../helpers/states.ts';
import {ENTER, ESCAPE, renderScreen} from '../../render-screen.tsx';

const three = threeTargets();

test('the filter is typed on a status line as well', async () => {
  const screen = await renderScreen(stateOfAll(three), {columns: 30, rows: 3});
  screen.press('/B');
  await screen.until('/B_  1 of 1');
  screen.press(ENTER, 'p');
  expect(screen.monitor.requests).toEqual([{type: 'paused', target: 'b'}]);
});

test('/ lists only the targets whose names hold what is typed, and Esc all again', async () => {
  const screen = await renderScreen(stateOfAll(manyTargets(30)));
  screen.press('/SERVICE-1q');
  expect(await screen.until('Targets /SERVICE-1q_')).toContain('no target name contains this');
  screen.press('\u007F');
  await screen.until('▸ ● OK    service-1 ');
  expect(screen.frame()).toContain('23 ok  4 warn  3 down   1 of 9 ╮');
  screen.press(ENTER, 'jp');
  expect(await screen.until('▸ ● OK    service-10')).toContain('Targets /SERVICE-1 ─');
  expect(screen.monitor.requests).toEqual([{type: 'paused', target: 'service-10'}]);
  expect(screen.quits).toEqual([]);
  screen.press(ESCAPE);
  expect(await screen.until('11 of 30')).toContain('▸ ● OK    service-10');
});

test('the filter is typed on a small screen as well', async () => {
  const screen = await renderScreen(stateOfAll(manyTargets(30)), {columns: 40, rows: 10});
  screen.press('/ce-2');
  expect((await screen.until('/ce-2_')).split('\n').slice(0, 5)).toEqual([
    '▸ ● OK    service-2               4.2 ms',
    '  ▲ WARN  service-20  slow        4.2 ms',
    '  ● OK    service-21              4.2 ms',
    '  ● OK    service-22              4.2 ms',
    '  /ce-2_                         1 of 9',
  ]);
});

test('while it is typed the list shows what it leaves, and the key bar its keys', async () => {
  const screen = await renderScreen(stateOfAll(threeTargets()), {columns: 60, rows: 20});
  screen.press('/b');
  expect(await screen.until('/b_')).toMatchInlineSnapshot(`
    " b  ● OK   http://127.0.0.1/b             test  every 5s  ▶
    ╭ ▸ Targets /b_ ──────────────────────────── 3 ok   1 of 1 ╮
    │ ▸ ● OK  b                                         4.2 ms │
    │                                                          │
    │                                                          │
    ╰──────────────────────────────────────────────────────────╯
    ╭ Health ──────────────────────────────╮╭ Last 5 min ── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┼╮╭╮╭╮╭╮   │
    │ port     ● :8080    listening        ││    15 ┤│││││││   │
    │ api      ● 200 ok   4.2 ms           ││     0 ┤╰╯╰╯╰╯╰── │
    │ failures 0/2  flapping no  total 3   ││ p50 4.2  p95 28  │
    │ uptime   99.95% of 2h, 98% seen      ││ ▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁ │
    ╰──────────────────────────────────────╯╰──────────────────╯
    ╭ Fixes ─────────────────────────────────────────── 1 of 1 ╮
    │    time      issue              cause    result          │
    │  ▸ 10:25:12  process not alive  crashed  success         │
    ╰──────────────────────────────────────────────────────────╯
     why  healthy; 0 of 3 restarts used in 5 min
     Enter done  Esc all targets  Ctrl-C quit"
  `);
});
