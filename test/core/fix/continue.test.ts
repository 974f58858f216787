import {describe, expect, test} from 'vitest';
import {budgetUsed} from '../../../source/core/fix/waste.ts';
import {healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';
import type {World} from '../../helpers/virtual/world.ts';

const actions = (world: World) =>
  world.fixes().flatMap(({effect}) => (effect.type === 'fix' ? [effect.request.action] : []));

function suspend(world: World): void {
  world.service.process = 'stopped';
  world.advance(seconds(1));
}

describe('SIGCONT', () => {
  test('uses no budget and waits for no backoff', () => {
    const world = healthy({preset: 'prod'});
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    suspend(world);
    world.advance(seconds(5));
    suspend(world);
    expect(actions(world)).toEqual(['restart', 'continue', 'continue']);
    expect(budgetUsed(world.target(), world.now())).toBe(1);
    expect(world.target().attempts).toBe(1);
  });

  test('delays no restart after it', () => {
    const world = healthy({preset: 'prod'});
    suspend(world);
    world.advance(seconds(5));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(1));
    expect(actions(world)).toEqual(['continue', 'restart']);
  });

  test('also reaches a target whose budget is used up', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(2));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
    suspend(world);
    expect(actions(world).at(-1)).toBe('continue');
    expect(world.target().health.level).toBe('ok');
  });

  test('is sent between two attempts', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(1));
    expect(world.target().repair.step).toBe('waiting');
    suspend(world);
    expect(actions(world)).toEqual(['restart', 'continue']);
    expect(world.target().health.level).toBe('ok');
  });

  test('is not sent for ever to a process that suspends itself again and again', () => {
    const world = healthy();
    for (let count = 0; count < 10; count++) {
      suspend(world);
      world.advance(seconds(10));
    }
    expect(actions(world).slice(0, 4)).toEqual(['continue', 'continue', 'continue', 'restart']);
  });
});
