import {expect, test} from 'vitest';
import {checkedTarget, stateOf} from '../../../helpers/states.ts';
import {renderScreen} from '../../render-screen.tsx';

test('the checks of a target stand under its api, a warning as a warning', async () => {
  expect((await renderScreen(stateOf(checkedTarget()))).frame()).toMatchInlineSnapshot(`
    " agent2  webui  ▲ WARN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Health ──────────────────────────────╮╭ Response time, last 5 min ─────── ms ╮
    │ process  ● alive    pid 4242  3h12m  ││    30 ┤ ╭╮      ╭╮     ╭╮     ╭╮     │
    │ port     ● :8080    listening        ││    24 ┤ ││      ││     ││     ││     │
    │ api      ● 200 ok   4.2 ms           ││    18 ┤ ││      ││     ││     ││     │
    │ redis       ● open in 0.4 ms         ││    12 ┤ ││      ││     ││     ││     │
    │ certificate ▲ 12 days left           ││     6 ┼─╯╰──────╯╰─────╯╰─────╯╰──── │
    │ disk        ● 41 GB free             ││     0 ┤                              │
    │ failures 0/2  flapping no  total 3   ││ p50 4.2  p95 28  p99 28  max 28      │
    │ uptime   99.95% of 2h, 98% seen      ││ ▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────── 1 of 1 ╮
    │    time      issue              cause    action   result   healthy after     │
    │  ▸ 10:25:12  process not alive  crashed  restart  success  1.3 s             │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │    restart: node server.js: exit 0                                           │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  warning: certificate of localhost ends in 12 days; never a reason to
          restart; 0 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
});

test('v shows what the checks measure, one after the other, and the response time again', async () => {
  const screen = await renderScreen(stateOf(checkedTarget()));
  screen.press('v', 'v');
  expect(await screen.until('disk /var, last 5 min')).toMatchInlineSnapshot(`
    " agent2  webui  ▲ WARN   http://127.0.0.1:8080/api/health     test  every 5s  ▶
    ╭ Health ──────────────────────────────╮╭ disk /var, last 5 min ──────────── B ╮
    │ process  ● alive    pid 4242  3h12m  ││   50G ┤                              │
    │ port     ● :8080    listening        ││   40G ┼─────────────╮                │
    │ api      ● 200 ok   4.2 ms           ││   30G ┤             ╰─────────────── │
    │ redis       ● open in 0.4 ms         ││   20G ┤                              │
    │ certificate ▲ 12 days left           ││   10G ┤                              │
    │ disk        ● 41 GB free             ││     0 ┤                              │
    │ failures 0/2  flapping no  total 3   ││ p50 35G  p95 40.4G  p99 41G  max 41G │
    │ uptime   99.95% of 2h, 98% seen      ││ ▁▁▁▁▁▇▁▁▁▁▁▁▁▁▁▁▁▁▁▁▇▁▁▁▁▁▁▁  checks │
    ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
    ╭ Fixes ─────────────────────────────────────────────────────────────── 1 of 1 ╮
    │    time      issue              cause    action   result   healthy after     │
    │  ▸ 10:25:12  process not alive  crashed  restart  success  1.3 s             │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │                                                                              │
    │    restart: node server.js: exit 0                                           │
    ╰──────────────────────────────────────────────────────────────────────────────╯
     why  warning: certificate of localhost ends in 12 days; never a reason to
          restart; 0 of 3 restarts used in 5 min
     r restart  p pause  1 dev  2 test  3 prod  g 1 h  w why  ? help  q quit"
  `);
  screen.press('v');
  await screen.until('Response time');
});
