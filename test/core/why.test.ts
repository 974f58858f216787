import {expect, test} from 'vitest';
import {whyLine} from '../helpers/why.ts';
import {ask, healthy, seconds} from '../helpers/virtual/scenes.ts';

test('a refusal is what the why line says, for ten seconds', () => {
  const world = healthy({fix: 'none'});
  ask(world, {type: 'restart-requested', by: 'user'});
  expect(whyLine(world.target(), world.now())).toMatch(/^no restart: no restart is configured/);
  expect(whyLine(world.target(), world.now() + seconds(11))).toMatch(/^healthy/);
});
