import {expect, test} from 'vitest';
import {createWorld, type World} from '../helpers/virtual/world.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

function failing(): World {
  const world = createWorld();
  world.advance(seconds(12));
  world.service.restartsInto = 'fails';
  world.service.process = 'gone-with-pid-file';
  return world;
}

const reset = (world: World) =>
  world.dispatch({type: 'history-reset', at: world.now(), archive: 'archive/fixes.json.gz'});

test('a reset removes the past and keeps what guides healing', () => {
  const world = createWorld();
  world.advance(seconds(12));
  world.service.process = 'gone-with-pid-file';
  world.advance(minutes(2));
  const before = world.target();
  expect([before.fixes.length, before.incidents.length]).toEqual([1, 1]);
  reset(world);
  const {fixes, incidents, ledger, ...rest} = world.target();
  expect([fixes, incidents, ledger]).toEqual([[], [], {}]);
  const {fixes: _fixes, incidents: _incidents, ledger: _ledger, ...kept} = before;
  expect(rest).toEqual(kept);
  world.service.process = 'gone-with-pid-file';
  world.advance(minutes(2));
  expect(world.target().incidents.at(-1)?.number).toBe(2);
});

test('repeated resets of the history change neither a fix nor its time', () => {
  const [calm, cleared] = [failing(), failing()];
  for (let step = 0; step < 240; step++) {
    calm.advance(seconds(10));
    cleared.advance(seconds(10));
    reset(cleared);
  }
  expect(calm.fixes().length).toBeGreaterThan(3);
  const times = (world: World) => world.fixes().map(({at, effect}) => ({at, effect}));
  expect(times(cleared)).toEqual(times(calm));
  expect(cleared.target().repair).toEqual(calm.target().repair);
  expect(
    cleared.target().fixes.every(({incident}) => incident === cleared.target().incident?.number),
  ).toBe(true);
});
