import {expect, test} from 'vitest';
import {stateOf, troubledTarget} from '../../../helpers/states.ts';
import {ENTER, renderScreen} from '../../render-screen.tsx';

test('Enter opens the incident under way with what was found before its fix', async () => {
  const screen = await renderScreen(stateOf(troubledTarget()));
  screen.press(ENTER);
  expect(await screen.until('╭ Incident 2')).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Incident 2 ────────────────────────────────────────── 1-17 of 22, j k scroll ╮
    │ target    webui                                                              │
    │ began     10:29:43                                                           │
    │ open      for <1m                                                            │
    │ cause     hung                                                               │
    │ beside it out of fds                                                         │
    │ seen      GET /api/health: no response within 5.0 s (connected in 0.3 ms)    │
    │ fix       10:29:46 restart: failed, no effect                                │
    │           not healthy within 30 s                                            │
    │                                                                              │
    │ found before the fix, 10:29:46                                               │
    │ process   pid 4242, sleeping (S), up 3 h, 12 threads, waits in               │
    │           futex_wait_queue                                                   │
    │ fds       1024 of 1024                                                       │
    │                                                                              │
    │ response                                                                     │
    │ {"status":"degraded","components":{"db":"ok","cache":"timeout after 5000 ms… │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms),
          beside it out_of_fds; next attempt in 8 s; 1 of 3 restarts used in 5 min
     Esc back  j k scroll  i incidents  q quit"
  `);
  screen.press('j'.repeat(40));
  expect(await screen.until('EMFILE')).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Incident 2 ────────────────────────────────────────── 6-22 of 22, j k scroll ╮
    │ seen      GET /api/health: no response within 5.0 s (connected in 0.3 ms)    │
    │ fix       10:29:46 restart: failed, no effect                                │
    │           not healthy within 30 s                                            │
    │                                                                              │
    │ found before the fix, 10:29:46                                               │
    │ process   pid 4242, sleeping (S), up 3 h, 12 threads, waits in               │
    │           futex_wait_queue                                                   │
    │ fds       1024 of 1024                                                       │
    │                                                                              │
    │ response                                                                     │
    │ {"status":"degraded","components":{"db":"ok","cache":"timeout after 5000 ms… │
    │                                                                              │
    │ log                                                                          │
    │ Jan 27 10:29:40 worker 3: 接続が拒否されました                               │
    │                                                                              │
    │   at connect (net.js:12)                                                     │
    │   EMFILE: too many open files                                                │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms),
          beside it out_of_fds; next attempt in 8 s; 1 of 3 restarts used in 5 min
     Esc back  j k scroll  i incidents  q quit"
  `);
});

test('the page of an incident fits on 40x10', async () => {
  const screen = await renderScreen(stateOf(troubledTarget()), {columns: 40, rows: 10});
  screen.press(ENTER, 'j'.repeat(60));
  expect(await screen.until('EMFILE')).toMatchInlineSnapshot(`
    "Incident 2       20-26 of 26, j k scroll
    {"status":"degraded","components":{"db"…

    log
    Jan 27 10:29:40 worker 3: 接続が拒否さ…

      at connect (net.js:12)
      EMFILE: too many open files
     Esc back  j k scroll  q quit"
  `);
});

test('Enter opens the incident of the fix that is selected', async () => {
  const screen = await renderScreen(stateOf(troubledTarget()));
  expect(screen.frame()).toContain('1 of 2, Enter opens');
  screen.press('j', ENTER);
  expect(await screen.until('╭ Incident 1')).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Incident 1 ───────────────────────────────────────────────────────────── Esc ╮
    │ target    webui                                                              │
    │ began     10:25:11                                                           │
    │ ended     10:25:14, lasted 3 s                                               │
    │ cause     crashed                                                            │
    │ seen      process 4242 is gone and left its pid file behind                  │
    │ fix       10:25:12 restart: success, healthy after 1.3 s, healed             │
    │           node server.js: exit 0                                             │
    │ end       fix 1 (restart): success, healthy after 1.3 s                      │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  hung: GET /api/health: no response within 5.0 s (connected in 0.3 ms),
          beside it out_of_fds; next attempt in 8 s; 1 of 3 restarts used in 5 min
     Esc back  j k scroll  i incidents  q quit"
  `);
});
