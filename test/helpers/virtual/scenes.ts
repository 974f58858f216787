import {expect} from 'vitest';
import {createWorld, type World} from './world.ts';

/** Where the tests of the healer begin: one target that was seen healthy, or one whose process has just died. */

export const seconds = (count: number) => count * 1_000;
export const minutes = (count: number) => count * 60_000;

export function healthy(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld(options);
  world.advance(seconds(12));
  expect(world.target().health.level).toBe('ok');
  return world;
}

export function crashed(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = healthy(options);
  world.service.process = 'gone-with-pid-file';
  world.advance(400);
  expect(world.fixes()).toHaveLength(1);
  return world;
}

/** What a person, or a file, asks of the target. */
export const ask = (
  world: World,
  event:
    | {type: 'paused' | 'resumed'}
    | {type: 'observing'; on: boolean}
    | {type: 'restart-requested'; by: 'user' | 'signal-file'}
    | {type: 'preset'; name: string},
) => world.dispatch({...event, at: world.now(), target: 'web'});
