import {expect, test} from 'vitest';
import {memoryText} from '../../source/documents/memory.ts';
import {createMemoryText} from '../../source/documents/memory-text.ts';
import {mapTargets, withTarget} from '../../source/core/targets.ts';
import {chainOfTargets, downTarget, healthyTarget, named, stateOfAll} from '../helpers/states.ts';

const state = stateOfAll([
  ...chainOfTargets(),
  named('held', downTarget({repair: {step: 'held', reason: 'budget', since: 1, nextAttemptAt: 2}})),
  named('paused', {...healthyTarget(), paused: true, pausedUntil: 3}),
  named('a "name"', healthyTarget()),
]);

test('the text of a memory is the same, built anew or from cached parts', () => {
  const textOf = createMemoryText();
  expect(textOf(state)).toBe(memoryText(state));
  expect(textOf(state)).toBe(memoryText(state));
  const later = withTarget(state, {...named('held', healthyTarget()), attempts: 4});
  expect(textOf(later)).toBe(memoryText(later));
  const fewer = stateOfAll(chainOfTargets().slice(1));
  expect(textOf(fewer)).toBe(memoryText(fewer));
  expect(textOf(stateOfAll([]))).toBe(memoryText(stateOfAll([])));
});

test('only changed memories are formatted again', () => {
  const textOf = createMemoryText();
  let told = 0;
  // A part that says of itself when it is put into words.
  const ledger = {toJSON: () => ({told: ++told})};
  const watched = mapTargets(state, target => ({...target, ledger: ledger as never}));
  const {length} = textOf(watched).match(/"ledger"/g) ?? [];
  expect(told).toBe(length);
  const checked = mapTargets(watched, target => ({...target, lastHeartbeatAt: 7}));
  expect(textOf(checked)).toBe(textOf(watched));
  expect(told).toBe(length);
  textOf(withTarget(checked, {...named('held', healthyTarget()), ledger: ledger as never}));
  expect(told).toBe((length ?? 0) + 1);
});
