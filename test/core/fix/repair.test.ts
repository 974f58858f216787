import {describe, expect, test} from 'vitest';
import {createWorld, type World} from '../../helpers/virtual/world.ts';
import {crashed, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';

const actions = (world: World) =>
  world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.action);

describe('backoff', () => {
  test('is reset after ten healthy minutes', () => {
    const world = healthy();
    for (let round = 0; round < 5; round++) {
      world.service.process = 'gone-with-pid-file';
      world.advance(seconds(5));
      expect(world.target().attempts).toBe(1);
      world.advance(minutes(30));
    }
  });

  test('continues within ten minutes', () => {
    const world = crashed();
    world.advance(minutes(2));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().attempts).toBe(2);
  });

  test('and the budget count the attempts of an earlier run', () => {
    const world = createWorld({earlierAttempts: [minutes(4), minutes(2), minutes(1)]});
    world.advance(seconds(12));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
  });

  test('yields to a recovery that comes while it waits', () => {
    const world = healthy({preset: 'prod'});
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
    expect(world.target().repair.step).toBe('waiting');
    world.service.process = 'alive';
    world.service.pid = 900;
    world.advance(seconds(40));
    expect(world.fixes()).toHaveLength(1);
    expect(world.target().health.level).toBe('ok');
  });

  test('stops an old process that the previous attempt left running', () => {
    const world = healthy();
    world.service.restartsInto = 'broken';
    world.service.api = 'error';
    world.advance(seconds(60));
    const stopFirst = world
      .fixes()
      .map(({effect}) => effect.type === 'fix' && effect.request.stopFirst);
    expect(stopFirst.slice(0, 2)).toEqual([false, true]);
  });
});

test('a budget of more than fifty fixes can be used up too', () => {
  const world = createWorld({
    overrides: {
      budget: {count: 60, windowMs: 24 * 3_600_000},
      backoff: {baseMs: 1_000, factor: 1, capMs: 1_000},
    },
  });
  world.advance(12_000);
  world.service.restartsInto = 'fails';
  world.service.process = 'gone-with-pid-file';
  world.advance(600_000);
  expect(world.fixes()).toHaveLength(60);
  expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
});

test('a suspended process is continued once, then restarted, at any backoff', () => {
  const world = healthy();
  world.service.deafToContinue = true;
  world.service.process = 'stopped';
  world.advance(seconds(12));
  expect(actions(world).slice(0, 2)).toEqual(['continue', 'restart']);
});
