import {expect, test} from 'vitest';
import {downTarget, stateOf, troubledTarget} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

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
    │ backoff   1 wasted fix in a row; the next would wait 5 s after it            │
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
          next attempt in 8 s; 1 of 3 restarts used in 5 min
     Esc back  j k scroll  q quit"
  `);
});

test('what fixes came to stands in their table and, counted by cause, in the why story', async () => {
  const screen = await renderScreen(stateOf(troubledTarget()), {columns: 100, rows: 30});
  expect(screen.lines().filter(line => /^│ .*(verdict|restart)/.test(line))).toMatchInlineSnapshot(`
    [
      "│ verdict  down at 2 failed, ok at 1 good  ││ p50 4.2  p95 28  p99 28  max 28                      │",
      "│    time      issue                cause    action   result   healthy after  verdict              │",
      "│  ▸ 10:29:46  health check failed  hung     restart  failed                  no effect            │",
      "│    10:25:12  process not alive    crashed  restart  success  1.3 s          healed               │",
      "│    restart: not healthy within 30 s                                                              │",
      "│ 10:25:14  fix 1 (restart): success, healthy after 1.3 s                                          │",
    ]
  `);
  screen.press('w');
  const frame = await screen.until('╭ Why');
  expect(frame).toContain('fixes     crashed: 3 healed, 1 relapsed');
  expect(frame).toContain('hung: 1 no effect');
});
