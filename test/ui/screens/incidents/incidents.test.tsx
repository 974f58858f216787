import {expect, test} from 'vitest';
import {
  healthyTarget,
  named,
  NOW,
  pastIncident,
  stateOf,
  stateOfAll,
  threeTargets,
  troubledTarget,
} from '../../../helpers/states.ts';
import {ENTER, ESCAPE, renderScreen} from '../../render-screen.tsx';

const three = threeTargets();
const [, b] = three;

test('i lists the incidents, the newest and open one on top', async () => {
  const screen = await renderScreen(
    stateOf(
      troubledTarget({
        incidents: [
          pastIncident({number: 1, startedAt: NOW - 90_000_000}),
          pastIncident({number: 7, fixes: 2, cause: 'not_listening'}),
        ],
      }),
    ),
  );
  screen.press('i');
  expect(await screen.until('╭ Incidents of webui')).toMatchInlineSnapshot(`
    " agent2  webui  ✖ DOWN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Incidents of webui ───────────────────────────────────── 1 of 3, Enter opens ╮
    │ ▸   2  10:29:43     hung            1 fix     open for <1m                   │
    │     7  10:25:11     not_listening   2 fixes   fix 1 (restart): success, hea… │
    │     1  01-26 09:30  crashed         1 fix     fix 1 (restart): success, hea… │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
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
     Enter open  Esc back  j k select  q quit"
  `);
  screen.press('j', ENTER);
  await screen.until('╭ Incident 7');
  screen.press(ESCAPE);
  await screen.until('2 of 3, Enter opens');
  screen.press(ESCAPE);
  await screen.until('╭ Fixes');
});

test('Enter with no incident to open says that there is none', async () => {
  const screen = await renderScreen(stateOfAll([named('a', healthyTarget({fixes: []})), b]));
  screen.press(ENTER);
  await screen.until('no incident so far');
});
