import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {TargetState} from '../../source/core/model/target.ts';
import {
  listOf,
  placesChanged,
  placesWhere,
  replacedAt,
  targetAt,
  treeOf,
} from '../../source/core/target-tree.ts';
import {named, newTarget} from '../helpers/states.ts';

const made = newTarget();
const target = (dueAt: number): TargetState => ({
  ...named(`due at ${dueAt}`, made),
  check: {state: 'idle', dueAt, tries: 0},
});
const lists = fc.array(fc.integer({min: 0, max: 99}), {maxLength: 700}).map(all => all.map(target));
const changes = fc.array(fc.tuple(fc.nat(), fc.integer({min: 0, max: 99})), {maxLength: 20});

test('a tree behaves like a list, and finds what changed and what is due', () => {
  fc.assert(
    fc.property(lists, changes, fc.integer({min: 0, max: 99}), (list, changes, at) => {
      const before = treeOf(list);
      const wanted = [...list];
      let tree = before;
      for (const [number, dueAt] of list.length > 0 ? changes : []) {
        const place = number % list.length;
        wanted[place] = target(dueAt);
        tree = replacedAt(tree, place, wanted[place]);
      }
      expect(listOf(tree)).toEqual(wanted);
      expect(listOf(before)).toEqual(list);
      expect(tree).toEqual(treeOf(wanted));
      wanted.forEach((each, place) => expect(targetAt(tree, place)).toBe(each));
      expect(targetAt(tree, wanted.length)).toBeUndefined();
      expect(placesChanged(before, tree)).toEqual(
        [...wanted.keys()].filter(place => wanted[place] !== list[place]),
      );
      expect(placesWhere(tree, ({dueAt}) => dueAt <= at)).toEqual(
        [...wanted.keys()].filter(place => dueOf(wanted[place]) <= at),
      );
    }),
    {numRuns: 60},
  );
});

function dueOf(target: TargetState | undefined): number {
  return target?.check.state === 'idle' ? target.check.dueAt : Infinity;
}
