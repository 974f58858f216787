import {expect, test} from 'vitest';
import {ask, crashed, seconds} from '../helpers/virtual/scenes.ts';

test('a preset that changes during a fix starts no check before the fix ends', () => {
  const world = crashed({fixMs: seconds(20)});
  const checks = () => world.effects.filter(({effect}) => effect.type === 'check').length;
  const before = checks();
  ask(world, {type: 'preset', name: 'dev'});
  world.advance(seconds(10));
  expect(checks()).toBe(before);
  expect(world.target().repair.step).toBe('fixing');
});
