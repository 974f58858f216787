import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
  changesBetween,
  findTarget,
  newTargets,
  targetsOf,
  withTarget,
} from '../../source/core/targets.ts';
import {healthyTarget, named, stateOfAll} from '../helpers/states.ts';

const all = (count: number) =>
  stateOfAll(Array.from({length: count}, (_, index) => named(`t${index}`, healthyTarget())));

test('exactly the changed targets are found, each with its state before', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 100}),
      fc.array(fc.nat(99), {maxLength: 8}),
      (count, at) => {
        const before = all(count);
        const names = [...new Set(at.map(index => `t${index % count}`))];
        const after = names.reduce((state, name) => {
          const target = findTarget(state, name);
          return target ? withTarget(state, {...target, fixCount: 7}) : state;
        }, before);
        const changed = changesBetween(before, after);
        expect(changed.map(({is}) => is.settings.name).sort()).toEqual(names.sort());
        for (const {was, is} of changed) {
          expect(was).toBe(findTarget(before, is.settings.name));
          expect(is).toBe(findTarget(after, is.settings.name));
        }
      },
    ),
  );
});

test('a state has no changes to itself', () => {
  const state = all(20);
  expect(changesBetween(state, state)).toEqual([]);
});

test('after a change of the list only new and changed targets are found', () => {
  const before = all(20);
  const [first, second, ...rest] = targetsOf(before);
  const added = named('new', healthyTarget());
  if (!first || !second) throw new Error('there are 20');
  const targets = newTargets([added, {...second, fixCount: 7}, ...rest], before.targets);
  expect(changesBetween(before, {...before, targets})).toEqual([
    {place: 0, was: undefined, is: added},
    {place: 1, was: second, is: {...second, fixCount: 7}},
  ]);
});

test('without a state before, all targets are new', () => {
  expect(changesBetween(undefined, all(3)).map(({was}) => was)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
