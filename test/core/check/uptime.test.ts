import {expect, test} from 'vitest';
import {ask, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';

test('time down is no uptime, and time without checks is not observed', () => {
  const world = healthy({fix: 'none'});
  const {uptime} = world.target();
  world.service.api = 'error';
  world.advance(minutes(1));
  const down = world.target().uptime;
  expect(down.observedMs - uptime.observedMs).toBeGreaterThan(seconds(50));
  expect(down.upMs - uptime.upMs).toBeLessThan(seconds(10));
  ask(world, {type: 'paused'});
  world.advance(minutes(10));
  expect(world.target().uptime.observedMs).toBe(down.observedMs);
});
