import {expect, test} from 'vitest';
import {
  downTarget,
  fix,
  healthyTarget,
  named,
  NOW,
  stateOf,
  stateOfAll,
  threeTargets,
} from '../../../helpers/states.ts';
import {DOWN, renderScreen, TAB} from '../../render-screen.tsx';

const three = threeTargets();
const [a, b, c] = three;

test('p pauses, and resumes what is paused', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('p');
  screen.monitor.show(stateOf(healthyTarget({paused: true})));
  screen.press('p');
  expect(screen.monitor.requests).toEqual([
    {type: 'paused', target: 'webui'},
    {type: 'resumed', target: 'webui'},
  ]);
});

test('o turns observing on, and off again', async () => {
  const screen = await renderScreen(stateOf(healthyTarget({observing: true})));
  screen.press('o');
  expect(screen.monitor.requests).toEqual([{type: 'observing', target: 'webui', on: false}]);
});

test.each(
  ['dev', 'test', 'prod', 'high-load', 'low-latency', 'unstable-network'].map((name, index) => [
    index + 1,
    name,
  ]),
)('%d switches to the preset %s', async (key, name) => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press(String(key));
  expect(screen.monitor.requests).toEqual([{type: 'preset', target: 'webui', name}]);
});

test('g shows the last hour instead of the last 5 minutes', async () => {
  const screen = await renderScreen(stateOf(healthyTarget()));
  screen.press('g');
  await screen.until('Response time, last 1 h');
  screen.press('g');
  await screen.until('Response time, last 5 min');
});

test('j and the down arrow select an older fix, whose detail is shown', async () => {
  const fixes = [
    fix({at: NOW - 300_000, detail: 'the oldest'}),
    fix({at: NOW - 200_000, detail: 'the middle'}),
    fix({at: NOW - 100_000, detail: 'the newest'}),
  ];
  const screen = await renderScreen(stateOf(healthyTarget({fixes})));
  expect(screen.frame()).toContain('restart: the newest');
  screen.press('j');
  await screen.until('restart: the middle');
  screen.press(DOWN, DOWN);
  await screen.until('restart: the oldest');
  screen.press('k');
  await screen.until('restart: the middle');
});

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
