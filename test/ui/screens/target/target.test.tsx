import {expect, test} from 'vitest';
import {downTarget, healthyTarget, newTarget, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

const FAULTS = [
  {key: 'c', label: 'crash', run: () => undefined},
  {key: 'e', label: 'error 500', run: () => undefined},
];

test('a healthy target at 80x24', async () => {
  expect((await renderScreen(stateOf(healthyTarget()))).frame()).toMatchInlineSnapshot(`
    " agent2  webui  ● OK   http://127.0.0.1:8080/api/health       test  every 5s  ▶
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┤ ╭╮      ╭╮     ╭╮     ╭╮     │
    │ port     ● :8080    listening        ││    24 ┤ ││      ││     ││     ││     │
    │ api      ● 200 ok   4.2 ms           ││    18 ┤ ││      ││     ││     ││     │
    │ failures 0/2  flapping no  total 3   ││    12 ┤ ││      ││     ││     ││     │
    │ uptime   99.95% of 2h, 98% seen      ││     6 ┼─╯╰──────╯╰─────╯╰─────╯╰──── │
    │ state    ok for 1h55m                ││     0 ┤                              │
    │ incident none                        ││ p50 4.2  p95 28  p99 28  max 28      │
    │ repair   command, at most 3 in 5m    ││ ▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────── 1 of 1 ╮
    │    time      issue              cause    action   result   healthy after     │
    │  ▸ 10:25:12  process not alive  crashed  restart  success  1.3 s             │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │    restart: node server.js: exit 0                                           │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  healthy; 0 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('a hung target at 80x24 shows what was seen and what comes next', async () => {
  expect((await renderScreen(stateOf(downTarget()))).frame()).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┤  ╭╮     ╭╮     ╭╮      ╭╮    │
    │ port     ● :8080    listening        ││    24 ┤  ││     ││     ││      ││    │
    │ api      ✖ no response               ││    18 ┤  ││     ││     ││      ││    │
    │ failures 2/2  flapping no  total 5   ││    12 ┤  ││     ││     ││      ││    │
    │ uptime   99.95% of 2h, 98% seen      ││     6 ┼──╯╰─────╯╰─────╯╰──────╯╰─── │
    │ state    down for <1m                ││     0 ┤                              │
    │ incident hung  since <1m             ││ p50 4.2  p95 28  p99 28  max 28      │
    │ repair   command, at most 3 in 5m    ││ ▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁xx  checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────── 1 of 2 ╮
    │    time      issue                cause    action   result   healthy after   │
    │  ▸ 10:29:46  health check failed  hung     restart  failed                   │
    │    10:25:12  process not alive    crashed  restart  success  1.3 s           │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │    restart: not healthy within 30 s                                          │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms);
          next attempt in 8 s; 1 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('a target that was not looked at yet claims nothing', async () => {
  expect((await renderScreen(stateOf(newTarget()))).frame()).toMatchInlineSnapshot(`
    " agent2  webui  ○ UNKNOWN   http://127.0.0.1:8…  test  every 5s  ◌ initializing
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ○ not known yet             ││       ┤                              │
    │ port     ○ not known yet             ││       ┤                              │
    │ api      ○ not known yet             ││       ┤                              │
    │ failures 0/2  flapping no  total 0   ││       ┤                              │
    │ uptime   not known yet               ││       ┤                              │
    │ state    unknown for 2h              ││       ┤                              │
    │ incident none                        ││ no response timed yet                │
    │ repair   command, at most 3 in 5m    ││                               checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ───────────────────────────────────────────────────────────────────────╮
    │ none so far                                                                  │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  first check running; 0 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('a hung target at 120x40 shows the events and what the verdict goes by', async () => {
  expect((await renderScreen(stateOf(downTarget()), {columns: 120, rows: 40})).frame())
    .toMatchInlineSnapshot(`
      " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health                                             test  every 5s  ▶
      ╭ Health ──────────────────────────────────────╮╭ Response time, last 5 min ─────────────────────────────────────── ms ╮
      │ process  ● alive    pid 4242  3h12m          ││    36 ┤                                                              │
      │ port     ● :8080    listening                ││    32 ┤                                                              │
      │ api      ✖ no response                       ││    28 ┤       ╭╮             ╭╮             ╭╮             ╭╮        │
      │ failures 2/2  flapping no  total 5           ││    24 ┤       ││             ││             ││             ││        │
      │ uptime   99.95% of 2h, 98% seen              ││    20 ┤       ││             ││             ││             ││        │
      │                                              ││    16 ┤       ││             ││             ││             ││        │
      │ state    down for <1m                        ││    12 ┤       ││             ││             ││             ││        │
      │ incident hung  since <1m                     ││     8 ┤       ││             ││             ││             ││        │
      │ repair   command, at most 3 in 5m            ││     4 ┤ ──────╯╰─────────────╯╰─────────────╯╰─────────────╯╰────    │
      │ verdict  down at 2 failed, ok at 1 good      ││     0 ┤                                                              │
      │ limits   timeout 5s, slow from 3s            ││ p50 4.2  p95 28  p99 28  max 28                                      │
      │                                              ││  ▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁xx  checks │
      ╰──────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────╯
      ╭ Fixes ─────────────────────────────────────────────────────────────────────────────────────────────────────── 1 of 2 ╮
      │    time      issue                cause    action   result   healthy after                                           │
      │  ▸ 10:29:46  health check failed  hung     restart  failed                                                           │
      │    10:25:12  process not alive    crashed  restart  success  1.3 s                                                   │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │    restart: not healthy within 30 s                                                                                  │
      ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
      ╭ Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────╮
      │ 10:25:12  process 4242 is gone and left its pid file behind                                                          │
      │ 10:25:14  fix 1 (restart): success, healthy after 1.3 s                                                              │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      │                                                                                                                      │
      ╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯
       why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms); next attempt in 8 s; 1 of 3 restarts used
            in 5 min
       r restart  p pause  o observe  1 dev  2 test  3 prod  4 high-load  5 low-latency  g 1 h  w why  t theme  ? help  q quit"
    `);
});

test('a hung target at 40x10 is one line, the reason, the checks and the last fix', async () => {
  expect((await renderScreen(stateOf(downTarget()), {columns: 40, rows: 10})).frame())
    .toMatchInlineSnapshot(`
    " ✖ DOWN webui                         ▶
     why  hung: GET /api/health: no
          response within 5.0 s (connected
          in 0.3 ms); next attempt in 8 s;
          1 of 3 restarts used in 5 min
     ▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁xx  checks
     fix  10:29:46 hung: failed

     r restart  p pause  ? help  q quit"
  `);
});

test('at 20x3 one line says how it is', async () => {
  expect((await renderScreen(stateOf(healthyTarget()), {columns: 20, rows: 3})).frame()).toBe(
    '● OK webui 4.2 ms',
  );
});

test('at 10x3 that line is cut', async () => {
  expect((await renderScreen(stateOf(downTarget()), {columns: 10, rows: 3})).frame()).toBe(
    '✖ DOWN we…',
  );
});

test('a screen in ASCII holds nothing else', async () => {
  const frame = (await renderScreen(stateOf(downTarget()), {ascii: true})).frame();
  expect(frame).toMatch(/^[\n\x20-\x7e]*$/);
  expect(frame).toMatchInlineSnapshot(`
    " agent2  webui  x DOWN   http://127.0.0.1:8080/api/health     test  every 5s  >
    + Health ------------------------------++ Response time, last 5 min ------- ms +
    | process  * alive    pid 4242  3h12m  ||    30 |  ..     ..     ..      ..    |
    | port     * :8080    listening        ||    24 |  ||     ||     ||      ||    |
    | api      x no response               ||    18 |  ||     ||     ||      ||    |
    | failures 2/2  flapping no  total 5   ||    12 |  ||     ||     ||      ||    |
    | uptime   99.95% of 2h, 98% seen      ||     6 +--'\`-----'\`-----'\`------'\`--- |
    | state    down for <1m                ||     0 |                              |
    | incident hung  since <1m             || p50 4.2  p95 28  p99 28  max 28      |
    | repair   command, at most 3 in 5m    || ______#______________#____xx  checks |
    +--------------------------------------++--------------------------------------+
    + Fixes --------------------------------------------------------------- 1 of 2 +
    |    time      issue                cause    action   result   healthy after   |
    |  > 10:29:46  health check failed  hung     restart  failed                   |
    |    10:25:12  process not alive    crashed  restart  success  1.3 s           |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |    restart: not healthy within 30 s                                          |
    +------------------------------------------------------------------------------+
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms);
          next attempt in 8 s; 1 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('the demo shows the keys that break its service', async () => {
  expect((await renderScreen(stateOf(healthyTarget()), {faults: FAULTS})).lines().at(-2)).toBe(
    ' break it  c crash  e error 500',
  );
});

test('a value of the preset that is overridden shows as test*', async () => {
  const target = healthyTarget({
    settings: {...healthyTarget().settings, overrides: {intervalMs: 5_000}},
  });
  expect((await renderScreen(stateOf(target))).lines()[0]).toContain('test*  every 5s');
});
