import {expect, test} from 'vitest';
import type {TargetState} from '../../../source/core/model/target.ts';
import {newTargets} from '../../../source/core/targets.ts';
import {
  downTarget,
  named,
  NOW,
  samples,
  logOf,
  stateOfAll,
  threeTargets,
} from '../../helpers/states.ts';
import {renderScreen} from '../render-screen.tsx';

const three = threeTargets();
const [a, b, c] = three;

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
      samples: logOf(samples(61)),
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
  screen.monitor.show(stateOfAll([{...a, samples: logOf(samples(61))}, b, faster]));
  await screen.until(/c +99 ms/);
});
