import {describe, expect, test} from 'vitest';
import {budgetUsed} from '../../source/core/fix/waste.ts';
import {crashed, healthy, minutes, seconds} from '../helpers/virtual/scenes.ts';

describe('a clock that jumps', () => {
  test.each([minutes(60), -minutes(60)])(
    'by %i ms leaves the budget used and the next attempt as they were',
    byMs => {
      const world = crashed();
      world.advance(seconds(5));
      expect(budgetUsed(world.target(), world.now())).toBe(1);
      world.jump(byMs);
      expect(budgetUsed(world.target(), world.now())).toBe(1);
      world.service.process = 'gone-with-pid-file';
      world.advance(seconds(12));
      expect(world.fixes()).toHaveLength(2);
    },
  );

  test('during an inspection repeats it', () => {
    const world = healthy();
    world.service.process = 'gone-with-pid-file';
    while (
      world.target().repair.step !== 'looking' ||
      (world.target().repair as {at: number}).at !== Infinity
    )
      world.advance(1);
    world.jump(minutes(60));
    world.advance(seconds(2));
    expect(world.fixes()).toHaveLength(1);
  });
});
