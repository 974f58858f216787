import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {PresetName} from '../../../source/config/presets.ts';
import {stateText} from '../../../source/documents/control/state.ts';
import {stateFrom} from '../../helpers/documents.ts';
import {minutes, seconds} from '../../helpers/virtual/scenes.ts';
import {createWorld, type TargetOptions, type World} from '../../helpers/virtual/world.ts';

const named = (count: number, options: TargetOptions = {}) =>
  Array.from({length: count}, (_, index) => ({...options, name: `s${index}`}));

function well(targets: readonly TargetOptions[]): World {
  const world = createWorld({targets});
  world.advance(seconds(30));
  for (const {name} of targets) expect(world.target(name).health.level).toBe('ok');
  return world;
}

const all = (world: World, change: (service: ReturnType<World['serviceOf']>) => void) =>
  [...world.state().targets.places.keys()].forEach(name => change(world.serviceOf(name)));

const levels = (world: World) =>
  [...world.state().targets.places.keys()].map(name => world.target(name).health.level);

/** Every service answers 500, also after a restart. */
const broken = (world: World) =>
  all(world, service => {
    service.api = 'error';
    service.restartsInto = 'broken';
  });

/** Every service is well, and stays so. */
const mended = (world: World) =>
  all(world, service => {
    service.api = 'ok';
    service.process = 'alive';
    service.restartsInto = 'healthy';
  });

test.each([
  [3, 'test'],
  [10, 'test'],
  [10, 'prod'],
  [40, 'prod'],
  [10, 'dev'],
] as const)('of %i targets down by one cause under %s, one is restarted', (count, preset) => {
  const world = well(named(count, {preset}));
  broken(world);
  world.advance(minutes(4));
  expect(new Set(world.fixes().map(({effect}) => 'target' in effect && effect.target)).size).toBe(
    1,
  );
  expect(world.fixes()).toHaveLength(1);
  expect(world.logged('held')).toHaveLength(1);
  expect(world.logged('held')[0]?.text).toContain(
    `held: common_cause: ${count} of ${count} targets turned bad together`,
  );
  for (let index = 0; index < count; index++)
    expect(world.target(`s${index}`).repair).toMatchObject({step: 'held', reason: 'common_cause'});
});

test('targets that no longer answer at all are one cause, too', () => {
  const world = well(named(10));
  all(world, service => {
    service.api = 'hung';
    service.restartsInto = 'broken';
  });
  world.advance(minutes(3));
  expect(world.fixes()).toHaveLength(1);
});

test('twenty that crashed in one second are all healed, one at a time', () => {
  const world = well(named(20, {fix: 'child'}));
  [...world.state().targets.places.keys()].forEach((name, index) => {
    if (index % 3 === 0) world.advance(50);
    world.serviceOf(name).process = 'gone';
  });
  const beingFixed: number[] = [];
  world.observe(({after}) => {
    const busy = [...after.targets.places.keys()].filter(name =>
      ['fixing', 'verifying'].includes(world.target(name).repair.step),
    );
    beingFixed.push(busy.length);
  });
  world.advance(seconds(20));
  expect(levels(world)).toEqual(Array.from({length: 20}, () => 'ok'));
  expect(world.fixes()).toHaveLength(20);
  // Those whose fix began before the second one turned bad are not called back.
  expect(Math.max(...beingFixed)).toBeLessThanOrEqual(2);
});

test('the canary is the one whose restarts helped most', () => {
  const world = well(named(5));
  world.serviceOf('s3').process = 'gone-with-pid-file';
  world.advance(minutes(11));
  expect(world.fixes('s3')).toHaveLength(1);
  broken(world);
  world.advance(minutes(1));
  expect(world.fixes().slice(1)).toMatchObject([{effect: {target: 's3'}}]);
});

test('held targets are freed as soon as one of them is well again', () => {
  const world = well(named(6));
  broken(world);
  world.advance(minutes(2));
  all(world, service => (service.restartsInto = 'healthy'));
  world.serviceOf('s4').api = 'ok';
  world.advance(seconds(30));
  expect(levels(world)).toEqual(Array.from({length: 6}, () => 'ok'));
  expect(world.state().commonCause).toBeUndefined();
});

test('when the cause is gone, all recover without a restart', () => {
  const world = well(named(6));
  broken(world);
  world.advance(minutes(2));
  mended(world);
  world.advance(seconds(20));
  expect(world.fixes()).toHaveLength(1);
  expect(levels(world)).toEqual(Array.from({length: 6}, () => 'ok'));
});

test('the canary is tried again after ten minutes, then after twice as long', () => {
  const world = well(named(4));
  broken(world);
  world.advance(minutes(40));
  const times = world.fixes().map(({at}) => at);
  expect(new Set(world.fixes().map(({effect}) => 'target' in effect && effect.target)).size).toBe(
    1,
  );
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(2);
  for (const [index, gap] of gaps.entries())
    expect(gap).toBeGreaterThanOrEqual(minutes(10) * 2 ** index);
});

test('dependents of one bad target are no common cause', () => {
  const world = well([
    {name: 'db'},
    ...['a', 'b', 'c'].map(name => ({name, dependsOn: ['db']})),
    {name: 'other'},
  ]);
  for (const name of ['db', 'a', 'b', 'c']) world.serviceOf(name).api = 'error';
  world.advance(seconds(1));
  expect(world.state().commonCause?.step ?? 'suspected').toBe('suspected');
  world.advance(seconds(60));
  expect(world.fixes('db')).toHaveLength(1);
  expect(world.logged('held')).toEqual([]);
});

test('a minority that turns bad together is healed at once', () => {
  const world = well(named(10));
  for (const name of ['s1', 's2', 's3', 's4']) world.serviceOf(name).process = 'gone-with-pid-file';
  world.advance(seconds(5));
  expect(world.fixes()).toHaveLength(4);
  expect(levels(world)).toEqual(Array.from({length: 10}, () => 'ok'));
});

test('targets that agent2 only observes have no common cause, and an attached screen sees the same', () => {
  const world = createWorld({targets: named(4, {fix: 'none', preset: 'low-latency'})});
  world.advance(seconds(30));
  world.observe(({after}) =>
    expect(stateFrom(stateText(after))?.commonCause).toEqual(after.commonCause),
  );
  broken(world);
  world.advance(1_500);
  world.serviceOf('s3').api = 'ok';
  world.advance(2_200);
  world.serviceOf('s3').api = 'error';
  world.advance(seconds(20));
  expect(levels(world)).toEqual(['down', 'down', 'down', 'down']);
  expect(world.state().commonCause).toBeUndefined();
});

test('a person may restart a target that is held for a common cause', () => {
  const world = well(named(4));
  broken(world);
  world.advance(minutes(1));
  const canary = world.state().commonCause;
  const other = ['s0', 's1', 's2', 's3'].find(
    name => canary?.step === 'held' && name !== canary.turn,
  ) as string;
  world.serviceOf(other).restartsInto = 'healthy';
  world.dispatch({type: 'restart-requested', at: world.now(), target: other, by: 'user'});
  world.advance(seconds(10));
  expect(world.target(other).health.level).toBe('ok');
});

test('the hold outlives a restart of agent2', () => {
  const world = well(named(6));
  broken(world);
  world.advance(minutes(1));
  world.restartAgent({offMs: 1_000});
  world.advance(minutes(1));
  expect(world.fixes()).toHaveLength(1);
});

test('`brake: false` restarts them all', () => {
  const world = createWorld({targets: named(6), brake: false});
  world.advance(seconds(30));
  broken(world);
  world.advance(seconds(20));
  expect(world.fixes().length).toBeGreaterThanOrEqual(6);
});

test('whatever happens, nobody waits for ever once all may be well', () => {
  fc.assert(
    fc.property(
      fc.record({
        count: fc.integer({min: 3, max: 12}),
        preset: fc.constantFrom<PresetName>('dev', 'test', 'prod', 'low-latency'),
        fix: fc.constantFrom('command', 'child', 'none'),
        deeds: fc.array(
          fc.record({
            who: fc.integer({min: 0, max: 11}),
            deed: fc.constantFrom(
              'crash',
              'error',
              'hang',
              'stay broken',
              'mend',
              'pause',
              'resume',
              'restart',
              'hand over',
              'restart agent2',
            ),
            thenMs: fc.constantFrom(0, 20, 700, 6_000, 70_000),
          }),
          {maxLength: 25},
        ),
      }),
      ({count, preset, fix, deeds}) => {
        const world = createWorld({targets: named(count, {preset, fix})});
        world.advance(seconds(70));
        for (const {who, deed, thenMs} of deeds) {
          perform(world, `s${who % count}`, deed);
          world.advance(thenMs);
        }
        for (const name of world.state().targets.places.keys()) perform(world, name, 'resume');
        mended(world);
        world.advance(minutes(3));
        expect(levels(world)).toEqual(Array.from({length: count}, () => 'ok'));
        expect(world.state().commonCause).toBeUndefined();
      },
    ),
    {numRuns: 8},
  );
});

function perform(world: World, name: string, deed: string): void {
  const service = world.serviceOf(name);
  switch (deed) {
    case 'crash':
      service.process = 'gone-with-pid-file';
      return;
    case 'error':
      service.api = 'error';
      return;
    case 'hang':
      service.api = 'hung';
      return;
    case 'stay broken':
      service.api = 'error';
      service.restartsInto = 'broken';
      return;
    case 'mend':
      service.api = 'ok';
      service.process = 'alive';
      service.restartsInto = 'healthy';
      return;
    case 'pause':
      return world.dispatch({type: 'paused', at: world.now(), target: name});
    case 'resume':
      return world.dispatch({type: 'resumed', at: world.now(), target: name});
    case 'restart':
      return world.dispatch({type: 'restart-requested', at: world.now(), target: name, by: 'user'});
    case 'hand over':
      world.handOver();
      return;
    case 'restart agent2':
      return world.restartAgent({offMs: 500});
  }
}
