import {expect, test} from 'vitest';
import type {State} from '../../source/core/model/state.ts';
import {createStatusWriter} from '../../source/runtime/status-writer.ts';
import {healthyTarget, stateOf} from '../helpers/states.ts';
import {mapTargets} from '../../source/core/targets.ts';

test('a check waits for its second, and what somebody asked for does not', () => {
  const saved: State[] = [];
  let later = () => {};
  const clock = {
    now: () => 1_000,
    after(_: number, run: () => void) {
      later = run;
      return () => {};
    },
    takeJump: () => undefined,
  };
  const writer = createStatusWriter(
    clock,
    state => void saved.push(state),
    () => {},
  );
  const before = stateOf(healthyTarget());
  writer.write(before);
  const checked = mapTargets(before, target => ({...target, fixCount: 1}));
  writer.write(checked);
  expect(saved).toEqual([before]);
  const paused = mapTargets(checked, target => ({...target, paused: true}));
  writer.write(paused);
  expect(saved).toEqual([before, paused]);
  later();
  expect(saved).toHaveLength(2);
});
