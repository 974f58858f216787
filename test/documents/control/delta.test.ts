import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  deltaText,
  valueFrom,
  valueText,
  withDelta,
} from '../../../source/documents/control/delta.ts';

const value = fc.letrec(tie => ({
  leaf: fc.oneof(
    fc.integer(),
    fc.constant(Infinity),
    fc.constant(-Infinity),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
  ),
  any: fc.oneof(
    {maxDepth: 4},
    tie('leaf'),
    fc.array(tie('any'), {maxLength: 5}),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '{', '=', '['), tie('any'), {maxKeys: 4}),
  ),
})).any;

describe('a value', () => {
  test('is the same after it was sent', () => {
    fc.assert(
      fc.property(value, value => void expect(valueFrom(valueText({value}))).toEqual({value})),
    );
  });

  test('is the same after any change of it was sent', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const delta = deltaText({value: before}, {value: after});
        void expect(
          delta === undefined ? {value: before} : withDelta({value: before}, delta),
        ).toEqual({value: after});
      }),
    );
  });

  test('shares with the one before what did not change', () => {
    const same = {deep: [1, 2]};
    const before = {same, list: [{n: 1}, {n: 2}]};
    const after = {same, list: [{n: 1}, {n: 3}]};
    const received = withDelta(before, deltaText(before, after) ?? '') as typeof before;
    expect(received.same).toBe(same);
    expect(received.list).toEqual([{n: 1}, {n: 3}]);
  });

  test('tells a list that grew and lost its oldest by just that', () => {
    const items = Array.from({length: 1_000}, (_, n) => ({n}));
    const delta = deltaText(items.slice(0, 999), items.slice(1));
    expect(delta).toBe('{"[":[1,[{"n":999}],{}]}');
  });
});
