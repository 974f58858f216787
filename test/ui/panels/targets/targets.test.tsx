import {expect, test} from 'vitest';
import type {TargetState} from '../../../../source/core/model/state.ts';
import {
  chainOfTargets,
  downTarget,
  healthyTarget,
  manyTargets,
  named,
  NOW,
  samples,
  stateOfAll,
} from '../../../helpers/states.ts';
import {ENTER, ESCAPE, renderScreen, TAB} from '../../render-screen.tsx';
import {newTargets} from '../../../../source/core/targets.ts';

test('three targets at 80x24 are listed above the panels of the selected one', async () => {
  expect((await renderScreen(stateOfAll(chainOfTargets()))).frame()).toMatchInlineSnapshot(`
    " agent2  db  ✖ DOWN   http://127.0.0.1/db              test  every 5s  ⟳ fixing
    ╭ ▸ Targets ──────────────────────────────────────────── 1 ok  2 down   1 of 3 ╮
    │ ▸ ✖ DOWN  db    ⟳ fixing  hung                           fix 10:29:46 failed │
    │   ✖ DOWN  web   hung, after db                           fix 10:29:46 failed │
    │   ● OK    mail                                   4.2 ms                      │
    ╰──────────────────────────────────────────────────────────────────────────────╯
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┤  ╭╮     ╭╮     ╭╮      ╭╮    │
    │ port     ● :8080    listening        ││    20 ┤  ││     ││     ││      ││    │
    │ api      ✖ no response               ││    10 ┤  ││     ││     ││      ││    │
    │ failures 2/2  flapping no  total 5   ││     0 ┼──╯╰─────╯╰─────╯╰──────╯╰─── │
    │ uptime   99.95% of 2h, 98% seen      ││ p50 4.2  p95 28  p99 28  max 28      │
    │ state    down for <1m                ││ ▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁xx  checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────── 1 of 2 ╮
    │    time      issue                cause    action   result   healthy after   │
    │  ▸ 10:29:46  health check failed  hung     restart  failed                   │
    │    10:25:12  process not alive    crashed  restart  success  1.3 s           │
    │    restart: not healthy within 30 s                                          │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  restarting (hung: GET /api/health: no response within 5.0 s (connected in
          0.3 ms)); budget 1/3 in 5 min
     r restart  p pause  1 dev  g 1 h  j k select  Tab fixes  w why  ? help  q quit"
  `);
});

test('thirty targets at 100x30 are listed as far as there is room, and counted', async () => {
  expect((await renderScreen(stateOfAll(manyTargets(30)), {columns: 100, rows: 30})).frame())
    .toMatchInlineSnapshot(`
    " agent2  service-0  ● OK   http://127.0.0.1/service-0                             test  every 5s  ▶
    ╭ ▸ Targets ────────────────────────────────────────────────────── 23 ok  4 warn  3 down   1 of 30 ╮
    │ ▸ ● OK    service-0                                                 4.2 ms                       │
    │   ● OK    service-1                                                 4.2 ms  fix 10:25:12 success │
    │   ● OK    service-2                                                 4.2 ms                       │
    │   ● OK    資料庫服務の監視対象-3                                    4.2 ms  fix 10:25:12 success │
    │   ● OK    service-4                ⏸ paused                         4.2 ms                       │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
    ╭ Health ──────────────────────────────────╮╭ Response time, last 5 min ─────────────────────── ms ╮
    │ process  ● alive    pid 4242  3h12m      ││    32 ┤   ╭╮          ╭╮         ╭╮         ╭╮       │
    │ port     ● :8080    listening            ││    24 ┤   ││          ││         ││         ││       │
    │ api      ● 200 ok   4.2 ms               ││    16 ┤   ││          ││         ││         ││       │
    │ failures 0/2  flapping no  total 3       ││     8 ┼───╯╰──────────╯╰─────────╯╰─────────╯╰────── │
    │ uptime   99.95% of 2h, 98% seen          ││     0 ┤                                              │
    │ state    ok for 1h55m                    ││ p50 4.2  p95 28  p99 28  max 28                      │
    │ incident none                            ││ ▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks │
    ╰──────────────────────────────────────────╯╰──────────────────────────────────────────────────────╯
    ╭ Fixes ───────────────────────────────────────────────────────────────────────────────────────────╮
    │ none so far                                                                                      │
    │                                                                                                  │
    │                                                                                                  │
    │                                                                                                  │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
    ╭ Events ──────────────────────────────────────────────────────────────────────────────────────────╮
    │ 10:25:12  process 4242 is gone and left its pid file behind                                      │
    │ 10:25:14  fix 1 (restart): success, healthy after 1.3 s                                          │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────╯
     why  healthy; budget 0/3 in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  j k select  Tab fixes  w why  ? help  q quit"
  `);
});

test('thirty targets at 120x40 with one in the middle selected', async () => {
  const screen = await renderScreen(stateOfAll(manyTargets(30)), {columns: 120, rows: 40});
  screen.press('j'.repeat(13));
  expect(await screen.until('14 of 30')).toMatchInlineSnapshot(`
    " agent2  資料庫服務の監視対象-13  ▲ WARN   http://127.0.0.1/資料庫服務の監視対象-13                   test  every 5s  ▶
    ╭ ▸ Targets ───────────────────────────────────────────────────────────────────────── 23 ok  4 warn  3 down   14 of 30 ╮
    │   ● OK    service-10                                                                    4.2 ms                       │
    │   ● OK    service-11                                                                    4.2 ms  fix 10:25:12 success │
    │   ● OK    service-12                                                                    4.2 ms                       │
    │ ▸ ▲ WARN  資料庫服務の監視対象-13  slow                                                 4.2 ms  fix 10:25:12 success │
    │   ● OK    service-14                                                                    4.2 ms                       │
    │   ● OK    service-15                                                                    4.2 ms  fix 10:25:12 success │
    │   ● OK    service-16                                                                    4.2 ms                       │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
    ╭ Health ──────────────────────────────────────╮╭ Response time, last 5 min ─────────────────────────────────────── ms ╮
    │ process  ● alive    pid 4242  3h12m          ││    30 ┤      ╭╮             ╭╮             ╭╮             ╭╮         │
    │ port     ● :8080    listening                ││    25 ┤      ││             ││             ││             ││         │
    │ api      ● 200 ok   4.2 ms                   ││    20 ┤      ││             ││             ││             ││         │
    │ failures 0/2  flapping no  total 3           ││    15 ┤      ││             ││             ││             ││         │
    │ uptime   99.95% of 2h, 98% seen              ││    10 ┤      ││             ││             ││             ││         │
    │ state    warn for 1h55m                      ││     5 ┼──────╯╰─────────────╯╰─────────────╯╰─────────────╯╰──────── │
    │ incident none                                ││     0 ┤                                                              │
    │ repair   command, at most 3 in 5m            ││ p50 4.2  p95 28  p99 28  max 28                                      │
    │ verdict  down at 2 failed, ok at 1 good      ││ ▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks │
    ╰──────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────────────────────────────────────────────── 1 of 1 ╮
    │    time      issue              cause    action   result   healthy after                                             │
    │  ▸ 10:25:12  process not alive  crashed  restart  success  1.3 s                                                     │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │                                                                                                                      │
    │    restart: node server.js: exit 0                                                                                   │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
    ╭ Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────╮
    │ 10:25:12  process 4242 is gone and left its pid file behind                                                          │
    │ 10:25:14  fix 1 (restart): success, healthy after 1.3 s                                                              │
    │                                                                                                                      │
    │                                                                                                                      │
    ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
     why  slow: GET / took 3.2 s; never a reason to restart; budget 0/3 in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  j k select  Tab fixes  / filter  w why  t theme  ? help  q quit"
  `);
});

test('three targets at 40x10 are a line each, with the reason of the selected one', async () => {
  const screen = await renderScreen(stateOfAll(chainOfTargets()), {columns: 40, rows: 10});
  screen.press('j');
  expect(await screen.until('▸ ✖ DOWN  web')).toMatchInlineSnapshot(`
    "  ✖ DOWN  db    ⟳ fixing  hung
    ▸ ✖ DOWN  web   hung, after db
      ● OK    mail                    4.2 ms
     why  hung: GET /api/health: no respon…
          not restarted: it depends on db,
          which is not well; db comes
          first; budget 1/3 in 5 min
     ▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁xx  checks
     r restart  p pause  ? help  q quit"
  `);
});

test('thirty targets at 40x10 are scrolled around the selected one, and counted', async () => {
  const screen = await renderScreen(stateOfAll(manyTargets(30)), {columns: 40, rows: 10});
  screen.press('j'.repeat(13));
  expect(await screen.until('14 of 30')).toMatchInlineSnapshot(`
    "  ● OK    service-11              4.2 ms
      ● OK    service-12              4.2 ms
    ▸ ▲ WARN  資料庫服務の監…   slow  4.2 ms
      ● OK    service-14              4.2 ms
      23 ok  4 warn  3 down        14 of 30
     why  slow: GET / took 3.2 s; never a
          reason to restart; budget 0/3 in
          5 min
     r restart  p pause  ? help  q quit"
  `);
});

test('thirty targets in ASCII at 80x24 hold nothing else but their names', async () => {
  const frame = (await renderScreen(stateOfAll(manyTargets(30)), {ascii: true})).frame();
  expect(frame.replaceAll(/[資料庫服務の監視対象]/g, '')).toMatch(/^[\n\x20-\x7e]*$/);
  expect(frame).toMatchInlineSnapshot(`
    " agent2  service-0  * OK   http://127.0.0.1/service-0         test  every 5s  >
    + > Targets ---------------------------------- 23 ok  4 warn  3 down   1 of 30 +
    | > * OK    service-0                             4.2 ms                       |
    |   * OK    service-1                             4.2 ms  fix 10:25:12 success |
    |   * OK    service-2                             4.2 ms                       |
    |   * OK    資料庫服務の監視対象-3                4.2 ms  fix 10:25:12 success |
    +------------------------------------------------------------------------------+
    + Health ------------------------------++ Response time, last 5 min ------- ms +
    | process  * alive    pid 4242  3h12m  ||    30 | ..      ..     ..     ..     |
    | port     * :8080    listening        ||    20 | ||      ||     ||     ||     |
    | api      * 200 ok   4.2 ms           ||    10 | ||      ||     ||     ||     |
    | failures 0/2  flapping no  total 3   ||     0 +-'\`------'\`-----'\`-----'\`---- |
    | uptime   99.95% of 2h, 98% seen      || p50 4.2  p95 28  p99 28  max 28      |
    | state    ok for 1h55m                || _____#______________#_______  checks |
    +--------------------------------------++--------------------------------------+
    + Fixes -----------------------------------------------------------------------+
    | none so far                                                                  |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    +------------------------------------------------------------------------------+
     why  healthy; budget 0/3 in 5 min
     r restart  p pause  1 dev  g 1 h  j k select  Tab fixes  w why  ? help  q quit"
  `);
});

test.each([
  [20, chainOfTargets(), '1 ok 2 down db, web'],
  [14, chainOfTargets(), '2 down db, web'],
  [10, chainOfTargets(), '2 down db…'],
  [20, [named('a', healthyTarget()), named('b', healthyTarget())], '2 ok'],
  [30, manyTargets(30), '3 down service-9, service-19,…'],
] as const)(
  'a status line of %d columns counts the levels and names the worst',
  async (columns, targets, line) => {
    expect((await renderScreen(stateOfAll(targets), {columns, rows: 3})).frame().trimEnd()).toBe(
      line,
    );
  },
);

test('what waits for another target says for which, and what it depends on', async () => {
  const screen = await renderScreen(stateOfAll(chainOfTargets()), {columns: 120, rows: 40});
  screen.press('j');
  const frame = await screen.until('▸ ✖ DOWN  web');
  expect(frame).toContain('repair   after db');
  expect(frame).toContain('order    after db');
  expect(frame).toContain('not for  db');
});

const three = ['a', 'b', 'c'].map(name => named(name, healthyTarget()));
const [a, b, c] = three as [(typeof three)[0], (typeof three)[0], (typeof three)[0]];

test('keys act on the selected target, and the question names it', async () => {
  const screen = await renderScreen(stateOfAll(three));
  screen.press('jp', 'jjo', 'k3', 'r');
  await screen.until('Restart b now?');
  screen.press('y');
  expect(screen.monitor.requests).toEqual([
    {type: 'paused', target: 'b'},
    {type: 'observing', target: 'c', on: true},
    {type: 'preset', target: 'b', name: 'prod'},
    {type: 'restart-requested', target: 'b', by: 'user'},
  ]);
});

test('a status line names the target that a restart is asked for', async () => {
  const screen = await renderScreen(stateOfAll(three), {columns: 30, rows: 3});
  screen.press('jr');
  await screen.until('restart b? y/n');
});

test('Tab moves on to the fixes of the selected target, and back to the targets', async () => {
  const screen = await renderScreen(stateOfAll([named('a', downTarget()), b]));
  expect(screen.frame()).toContain('▸ Targets');
  screen.press(TAB, 'j');
  expect(await screen.until('2 of 2 ╮')).toMatch(/▸ Fixes[^]*▸ 10:25:12/);
  expect(screen.frame()).toMatch(/1 of 2 ╮\n│ ▸ ✖ DOWN  a/);
  screen.press(TAB, 'j');
  await screen.until('▸ ● OK    b');
  expect(screen.frame()).toContain('1 of 1 ╮');
});

test('the selection goes along with its target when the config is reordered, and to the first when it is removed', async () => {
  const screen = await renderScreen(stateOfAll(three));
  screen.monitor.show(stateOfAll([c, b, a]));
  await screen.until('3 of 3');
  screen.press('k');
  await screen.until(/▸ ● OK +b/);
  screen.monitor.show(stateOfAll([c, a]));
  await screen.until(/▸ ● OK +c/);
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

test('a check of another target draws nothing, its change of level and its fix do', async () => {
  const screen = await renderScreen(stateOfAll(three));
  const show = (targets: readonly TargetState[]) =>
    screen.monitor.show({...screen.monitor.getSnapshot(), targets: newTargets(targets)});
  const drawn = screen.frames.length;
  show([
    a,
    b,
    {
      ...c,
      epoch: 7,
      samples: samples(61),
      uptime: {...c.uptime, seenAt: NOW + 1},
      lastCheck: {at: NOW, observation: {kind: 'ok', readings: {}, latencyMs: 99}},
    },
  ]);
  await new Promise(setImmediate);
  expect(screen.frames.length).toBe(drawn);
  show([a, b, named('c', downTarget())]);
  await screen.until('✖ DOWN  c');
  expect(screen.frames.length).toBe(drawn + 1);
});

test('with whatever else is drawn the response times of the others are brought up to date', async () => {
  const screen = await renderScreen(stateOfAll(three));
  const faster = {
    ...c,
    lastCheck: {at: NOW, observation: {kind: 'ok', readings: {}, latencyMs: 99}},
  } as const;
  screen.monitor.show(stateOfAll([a, b, faster]));
  screen.monitor.show(stateOfAll([{...a, samples: samples(61)}, b, faster]));
  await screen.until(/c +99 ms/);
});

test('the time of a newly selected target is not that of the last one', async () => {
  const screen = await renderScreen(stateOfAll([a, named('b', downTarget())]));
  screen.monitor.moveTo(NOW + 5_000);
  screen.press('j');
  await screen.until('next attempt in 3 s');
});

test('the filter is typed on a status line as well', async () => {
  const screen = await renderScreen(stateOfAll(three), {columns: 30, rows: 3});
  screen.press('/B');
  await screen.until('/B_  1 of 1');
  screen.press(ENTER, 'p');
  expect(screen.monitor.requests).toEqual([{type: 'paused', target: 'b'}]);
});

test('with several targets the help has their keys as well', async () => {
  const screen = await renderScreen(stateOfAll(three));
  screen.press('?');
  const frame = await screen.until('╭ Keys');
  expect(frame).toContain('j k     select another target or fix');
  expect(frame).toContain('Tab     move in the fixes instead of the targets, and back');
  expect(frame).toContain(
    '/       list only the targets whose names hold what you type (Esc: all)',
  );
});

test('Enter with no incident to open says that there is none', async () => {
  const screen = await renderScreen(stateOfAll([named('a', healthyTarget({fixes: []})), b]));
  screen.press(ENTER);
  await screen.until('no incident so far');
});

test('/ lists only the targets whose names hold what is typed, and Esc all again', async () => {
  const screen = await renderScreen(stateOfAll(manyTargets(30)));
  screen.press('/SERVICE-1q');
  expect(await screen.until('Targets /SERVICE-1q_')).toContain('no target has such a name');
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
