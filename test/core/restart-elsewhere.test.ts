import {describe, expect, test} from 'vitest';
import {render} from '../../source/core/text/say.ts';
import {healthy, seconds} from '../helpers/virtual/scenes.ts';

describe('an external restart', () => {
  test('is logged once and gives start grace, and a check from before it changes nothing', () => {
    const world = healthy({startMs: 0});
    world.service.api = 'slow';
    while (world.target().check.state !== 'running') world.advance(100);
    world.advance(seconds(1));
    expect(world.target().check.state).toBe('running');
    world.service.pid = 500;
    world.service.api = 'ok';
    world.advance(seconds(20));
    expect(
      world.target().events.filter(event => render(event.text).startsWith('restarted externally')),
    ).toHaveLength(1);
  });

  test('of a target that is held for a stranger gives start grace too', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4));
    expect(world.target().repair.step).toBe('held');
    world.service.stranger = false;
    world.service.pid = 500;
    world.service.process = 'alive';
    world.service.readyAt = world.now() + seconds(20);
    world.advance(seconds(18));
    expect(world.fixes()).toHaveLength(0);
    world.advance(seconds(8));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, repair: {step: 'idle'}});
    expect(world.fixes()).toHaveLength(0);
  });

  test('with a slow start is not fixed within the grace', () => {
    const world = healthy();
    world.service.pid = 500;
    world.service.readyAt = world.now() + seconds(20);
    world.advance(seconds(25));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().health.level).toBe('ok');
  });
});
