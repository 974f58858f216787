import {expect, test} from 'vitest';
import {healthy, seconds} from '../../helpers/virtual/scenes.ts';

test('an ended incident tells what began it, not what its repair showed', () => {
  const world = healthy({startMs: 4_000});
  world.service.api = 'hung';
  world.advance(seconds(60));
  expect(world.target().health.level).toBe('ok');
  expect(world.target().incidents).toMatchObject([
    {cause: 'hung', faults: [{kind: 'response_timeout'}]},
  ]);
});

test('a failed fix that shows another cause does not change what began the incident', () => {
  const world = healthy();
  world.service.api = 'hung';
  world.service.restartsInto = 'dying';
  world.advance(seconds(20));
  expect(world.target().incident).toMatchObject({
    began: {cause: 'hung', faults: [{kind: 'response_timeout'}]},
  });
});
