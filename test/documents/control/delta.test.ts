import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {applied, difference, MISFIT} from '../../../source/documents/control/delta.ts';

const value = fc.letrec(tie => ({
  leaf: fc.oneof(fc.integer(), fc.constant(Infinity), fc.string(), fc.boolean()),
  any: fc.oneof(
    {maxDepth: 4},
    tie('leaf'),
    fc.array(tie('any'), {maxLength: 5}),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '{', '=', '['), tie('any'), {maxKeys: 4}),
  ),
})).any;

describe('a value', () => {
  test('is the same after any sent change', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const delta = difference({value: before}, {value: after});
        void expect(
          delta === undefined ? {value: before} : applied({value: before}, delta),
        ).toEqual({value: after});
      }),
    );
  });

  test('shares unchanged parts with the value before', () => {
    const same = {deep: [1, 2]};
    const before = {same, list: [{n: 1}, {n: 2}]};
    const after = {same, list: [{n: 1}, {n: 3}]};
    const received = applied(before, difference(before, after)) as typeof before;
    expect(received.same).toBe(same);
    expect(received.list).toEqual([{n: 1}, {n: 3}]);
  });

  test('of a list that grew and lost its oldest is sent as just that', () => {
    const items = Array.from({length: 1_000}, (_, n) => ({n}));
    const delta = difference(items.slice(0, 999), items.slice(1));
    expect(delta).toEqual({'[': [1, [{n: 999}], {}]});
  });

  test.each([
    7,
    {'{': {list: {'=': 1, '[': 1}, n: {'{': {}}}},
    {'{': {list: {'[': [3, [], {}]}}},
    {'{': {list: {'[': [0, [], {4_000_000_000: {'=': 1}}]}}},
    {'{': {list: {'[': [0, 7, {}]}}},
    {'{': {list: {'{': {}}}},
    {'{': 7},
    {'-': 'list'},
    {'{': {none: {'{': {}}}},
  ])('that does not fit a change (%j) is told', delta => {
    expect(applied({list: [1, 2], n: 3}, delta)).toBe(MISFIT);
  });
});
