import {expect, test} from 'vitest';
import type {State} from '../../source/core/model/state.ts';
import {createStatusWriter} from '../../source/runtime/status-writer.ts';
import {healthyTarget, stateOf} from '../helpers/states.ts';

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
  const checked = {...before, targets: before.targets.map(target => ({...target, fixCount: 1}))};
  writer.write(checked);
  expect(saved).toEqual([before]);
  const paused = {...checked, targets: checked.targets.map(target => ({...target, paused: true}))};
  writer.write(paused);
  expect(saved).toEqual([before, paused]);
  later();
  expect(saved).toHaveLength(2);
});
