import {expect, test} from 'vitest';
import {downTarget, fix, healthyTarget, newTarget, NOW, stateOf} from '../helpers/states.ts';
import {renderScreen} from './render-screen.tsx';

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
     why  healthy; budget 0/3 in 5 min
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
          next attempt in 8 s; budget 1/3 in 5 min
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
     why  first check under way; budget 0/3 in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('a hung target at 120x40 shows the events and what the verdict goes by', async () => {
  expect((await renderScreen(stateOf(downTarget()), {columns: 120, rows: 40})).frame())
    .toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health                                             test  every 5s  ▶
    ╭ Health ──────────────────────────────────────╮╭ Response time, last 5 min ─────────────────────────────────────── ms ╮
    │ process  ● alive    pid 4242  3h12m          ││    30 ┤                                                              │
    │ port     ● :8080    listening                ││    27 ┤       ╭╮             ╭╮             ╭╮             ╭╮        │
    │ api      ✖ no response                       ││    24 ┤       ││             ││             ││             ││        │
    │ failures 2/2  flapping no  total 5           ││    21 ┤       ││             ││             ││             ││        │
    │ uptime   99.95% of 2h, 98% seen              ││    18 ┤       ││             ││             ││             ││        │
    │                                              ││    15 ┤       ││             ││             ││             ││        │
    │ state    down for <1m                        ││    12 ┤       ││             ││             ││             ││        │
    │ incident hung  since <1m                     ││     9 ┤       ││             ││             ││             ││        │
    │ repair   command, at most 3 in 5m            ││     6 ┤       ││             ││             ││             ││        │
    │ verdict  down at 2 failed, ok at 1 good      ││     3 ┤ ──────╯╰─────────────╯╰─────────────╯╰─────────────╯╰────    │
    │ limits   timeout 5s, slow from 3s            ││     0 ┤                                                              │
    │                                              ││ p50 4.2  p95 28  p99 28  max 28                                      │
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
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms); next attempt in 8 s; budget 1/3 in 5 min
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
          budget 1/3 in 5 min
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
          next attempt in 8 s; budget 1/3 in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('the demo shows the keys that break its service', async () => {
  expect((await renderScreen(stateOf(healthyTarget()), {faults: FAULTS})).lines().at(-2)).toBe(
    ' break it  c crash  e error 500',
  );
});

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
     why  healthy; budget 0/3 in 5 min
     y restart  n cancel  < > move  Enter choose  q quit"
  `);
});

test('the why story has a line for each thing seen, decided and to come', async () => {
  const screen = await renderScreen(stateOf(downTarget()));
  screen.press('w');
  expect(await screen.until('╭ Why')).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Why ──────────────────────────────────────────────────────────────────── Esc ╮
    │ hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms); next  │
    │ attempt in 8 s                                                               │
    │                                                                              │
    │ incident  open for 17 s, 1 fix so far, cause: hung                           │
    │ seen      GET /api/health: no response within 5.0 s (connected in 0.3 ms)    │
    │ verdict   down after 2 failed in a row, ok after 1 good in a row; now 2      │
    │           failed, 0 good                                                     │
    │ backoff   0 recent attempts; the next one would wait 0 s after the last      │
    │ budget    1 of 3 fixes used within 5 min                                     │
    │ healing   on, by command                                                     │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms);
          next attempt in 8 s; budget 1/3 in 5 min
     Esc back  j k scroll  q quit"
  `);
});

test('the help screen lists every key and what the symbols mean', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()), {faults: FAULTS});
  screen.press('?');
  expect(await screen.until('╭ Keys')).toMatchInlineSnapshot(`
    " agent2  webui  ● OK   http://127.0.0.1:8080/api/health       test  every 5s  ▶
    ╭ Keys ─────────────────────────────────────────────────────────────────── Esc ╮
    │  r       restart the service now (asks first)                                │
    │  p       pause or resume probing and healing                                 │
    │  o       observe only (probe, do not heal), or heal again                    │
    │  1-6     preset: dev, test, prod, high-load, low-latency, unstable-network   │
    │  g       time range of the chart: 5 min or 1 h                               │
    │  j k     select an older or a newer fix (also the arrow keys)                │
    │  Enter   open the incident of the selected fix, or the one that is open      │
    │  i       all incidents that are kept                                         │
    │  w       the whole story: what was seen, decided, and comes next             │
    │  t       next theme                                                          │
    │  ?       this page                                                           │
    │  q       quit: stops watching webui; nothing heals it then                   │
    │  Ctrl-L  draw the screen again                                               │
    │  break   c crash  e error 500                                                │
    │                                                                              │
    │  ● OK  ▲ WARN  ✖ DOWN  ○ UNKNOWN                                             │
    │  ▁ ▇ good, quick or slow  ! over the limit  x failed  ? could not look       │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  healthy; budget 0/3 in 5 min
     Esc back  j k scroll  q quit"
  `);
});

test('a value of the preset that is overridden shows as test*', async () => {
  const target = healthyTarget({
    settings: {...healthyTarget().settings, overrides: {intervalMs: 5_000}},
  });
  expect((await renderScreen(stateOf(target))).lines()[0]).toContain('test*  every 5s');
});

test('a trouble of our own is shown until it is over', async () => {
  const screen = await renderScreen(
    stateOf(healthyTarget(), {problems: {'status file': 'read-only file system'}}),
  );
  expect(screen.frame()).toContain('▲ agent2: status file: read-only file system');
  screen.monitor.show(stateOf(healthyTarget()));
  await screen.until(frame => !frame.includes('read-only'));
});

test('a check that could not look is told apart from a failed one', async () => {
  const target = healthyTarget({
    lastCheck: {
      at: NOW,
      observation: {kind: 'inconclusive', reason: 'agent2 itself stood still for 6000 ms'},
    },
  });
  expect((await renderScreen(stateOf(target))).frame()).toContain(
    '○ could not look: agent2 itself stood still for 6000 ms',
  );
});

test('a probe that is not there is not watched, and says so', async () => {
  const target = healthyTarget({readings: {api: {status: 200, totalMs: 4}}});
  const frame = (await renderScreen(stateOf(target))).frame();
  expect(frame).toContain('process  ○ not watched');
  expect(frame).toContain('port     ○ not watched');
});

test('a stranger on the port is named', async () => {
  const target = downTarget({
    readings: {
      port: {port: 8080, listening: true, owner: {pid: 77, command: 'nginx', ours: false}},
    },
  });
  expect((await renderScreen(stateOf(target))).frame()).toContain('✖ :8080    by nginx (77)');
});

test('fixes with wide characters stand in straight columns', async () => {
  const fixes = [fix({cause: 'hung', action: '重启服务'}), fix({at: NOW, action: 'restart'})];
  const rows = (await renderScreen(stateOf(healthyTarget({fixes}))))
    .lines()
    .filter(line => /^│ .*(success|result)/.test(line));
  expect(rows).toEqual([
    '│    time      issue              cause    action    result   healthy after    │',
    '│  ▸ 10:30:00  process not alive  crashed  restart   success  1.3 s            │',
    '│    10:25:12  process not alive  hung     重启服务  success  1.3 s            │',
  ]);
});

test('a table that is too wide loses its least important columns first', async () => {
  const lines = (await renderScreen(stateOf(downTarget()), {columns: 60, rows: 20})).lines();
  expect(lines.find(line => line.includes('result'))).toBe(
    '│    time      issue                cause    result        │',
  );
});
