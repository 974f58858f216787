import {expect, test} from 'vitest';
import {
  chainOfTargets,
  downTarget,
  healthyTarget,
  manyTargets,
  named,
  NOW,
  stateOfAll,
  threeTargets,
} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

const three = threeTargets();
const [a] = three;

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
          0.3 ms)); 1 of 3 restarts used in 5 min
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
     why  healthy; 0 of 3 restarts used in 5 min
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
     why  slow: GET / took 3.2 s; never a reason to restart; 0 of 3 restarts used in 5 min
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
     why  hung: GET /api/health: no
          response within 5.0 s (connected
          in 0.3 ms); not … db comes first;
          1 of 3 restarts used in 5 min
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
          reason to restart; 0 of 3
          restarts used in 5 min
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
     why  healthy; 0 of 3 restarts used in 5 min
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

test('the time of a newly selected target is not that of the last one', async () => {
  const screen = await renderScreen(stateOfAll([a, named('b', downTarget())]));
  screen.monitor.moveTo(NOW + 5_000);
  screen.press('j');
  await screen.until('next attempt in 3 s');
});
