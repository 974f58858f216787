import {describe, expect, test} from 'vitest';
import {blockerOf} from '../../source/core/blocked-by.ts';
import type {TargetState} from '../../source/core/model/target.ts';
import {whyLine} from '../helpers/why.ts';
import {createWorld, type TargetOptions, type World} from '../helpers/virtual/world.ts';
import {newTargets, targetsOf} from '../../source/core/targets.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

type Named = TargetOptions & {readonly name: string};

function healthy(
  targets: readonly Named[],
  healBudget?: {readonly count: number; readonly windowMs: number},
): World {
  const world = createWorld({targets, healBudget});
  world.advance(seconds(12));
  for (const {name} of targets) expect(world.target(name).health.level).toBe('ok');
  return world;
}

function crash(world: World, ...names: readonly string[]): void {
  for (const name of names) world.serviceOf(name).process = 'gone-with-pid-file';
}

const fixed = (world: World) =>
  world.fixes().map(({effect}) => (effect.type === 'fix' ? effect.target : ''));
const why = (world: World, name: string) => whyLine(world.target(name), world.now());
const busy = (world: World) =>
  targetsOf(world.state()).filter(
    ({repair}) => repair.step === 'fixing' || repair.step === 'verifying',
  ).length;

describe('what depends on another target', () => {
  test('waits while that target is unhealthy, logs this once, and both recover', () => {
    const world = healthy([
      {name: 'db', startMs: seconds(20)},
      {name: 'web', dependsOn: ['db']},
    ]);
    crash(world, 'db', 'web');
    world.advance(seconds(15));
    expect(fixed(world)).toEqual(['db']);
    expect(world.target('web').repair.step).toBe('deferred');
    expect(why(world, 'web')).toContain(
      'not restarted: it depends on db, which is not healthy; db comes first',
    );
    expect(
      world.logged('change', 'web').filter(({text}) => text.includes('it depends on db')),
    ).toHaveLength(1);
    world.advance(minutes(1));
    expect(fixed(world)).toEqual(['db', 'web']);
    expect([world.target('db').health.level, world.target('web').health.level]).toEqual([
      'ok',
      'ok',
    ]);
    expect(world.logged('recovered')).toHaveLength(2);
  });

  test('gets time to recover by itself when that target is healthy again, and needs no restart', () => {
    const world = healthy([
      {name: 'db', startMs: seconds(5)},
      {name: 'web', dependsOn: ['db']},
    ]);
    crash(world, 'db');
    world.serviceOf('web').api = 'error';
    world.advance(seconds(4));
    while (world.target('db').health.level !== 'ok') world.advance(100);
    world.serviceOf('web').api = 'ok';
    world.advance(minutes(1));
    expect(fixed(world)).toEqual(['db']);
    expect(world.logged('change', 'web').map(({text}) => text)).toContain(
      'db is healthy again; 2 s for this target to recover by itself',
    );
    expect(world.target('web').health.level).toBe('ok');
  });

  test('is restarted only after that target was checked again, which happens at once', () => {
    const world = healthy([
      {name: 'db', startMs: seconds(5)},
      {name: 'web', dependsOn: ['db']},
    ]);
    // Right after a check of db, and long before the next one.
    const checked = world.target('db').lastCheck?.at;
    while (world.target('db').lastCheck?.at === checked) world.advance(100);
    world.serviceOf('db').api = 'error';
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.advance(seconds(2));
    expect(fixed(world)).toEqual(['db']);
    expect(why(world, 'web')).toContain('it depends on db');
  });

  test('waits for that check even when a single inspection would be enough for a restart', () => {
    const world = healthy([
      {name: 'db', startMs: seconds(5), overrides: {intervalMs: minutes(2)}},
      {name: 'web', dependsOn: ['db'], overrides: {failureThreshold: 1}},
    ]);
    world.serviceOf('db').api = 'error';
    world.serviceOf('web').api = 'error';
    world.advance(seconds(10));
    expect(fixed(world)[0]).toBe('db');
  });

  test('waits while that target hangs through all its retries, and names it', () => {
    const world = healthy([
      {name: 'db', preset: 'unstable-network'},
      {name: 'web', dependsOn: ['db']},
    ]);
    world.serviceOf('db').api = 'hung';
    crash(world, 'web');
    world.advance(minutes(10));
    expect(fixed(world)[0]).toBe('db');
    expect(world.notices.filter(({text}) => text.includes('its fix waits for a look'))).toEqual([]);
    expect(
      world.notices.filter(({text}) => text.startsWith('not restarted: it depends on db')),
    ).toHaveLength(1);
  });

  test('is restarted at once when that target is healthy, or cannot be checked', () => {
    const world = healthy([{name: 'db'}, {name: 'web', dependsOn: ['db']}]);
    crash(world, 'web');
    world.advance(seconds(1));
    expect(fixed(world)).toEqual(['web']);

    const blind = healthy([{name: 'db'}, {name: 'web', dependsOn: ['db']}]);
    blind.serviceOf('db').blind = true;
    crash(blind, 'web');
    blind.advance(seconds(8));
    expect(fixed(blind)).toEqual([]);
    expect(why(blind, 'web')).toContain('its fix waits for a check of db, which it depends on');
    blind.advance(seconds(4));
    expect(fixed(blind)).toEqual(['web']);
  });

  test('is restarted on request, but not during another fix of its chain', () => {
    const world = healthy([
      {name: 'db', fix: 'none'},
      {name: 'web', dependsOn: ['db']},
    ]);
    world.serviceOf('db').api = 'error';
    world.advance(seconds(10));
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(fixed(world)).toEqual(['web']);

    const other = healthy([
      {name: 'db', fixMs: seconds(5)},
      {name: 'web', dependsOn: ['db']},
    ]);
    crash(other, 'db');
    other.advance(seconds(1));
    other.dispatch({type: 'restart-requested', at: other.now(), target: 'web', by: 'user'});
    expect(fixed(other)).toEqual(['db']);
    expect(why(other, 'web')).toBe(
      'no restart: a fix of db is running, and the two depend on each other',
    );
  });

  test('waits while that target is paused, says so, and is restarted once it was checked again', () => {
    const world = healthy([{name: 'db'}, {name: 'web', dependsOn: ['db']}]);
    world.dispatch({type: 'paused', at: world.now(), target: 'db'});
    crash(world, 'web');
    world.advance(minutes(10));
    expect(fixed(world)).toEqual([]);
    const said = 'not restarted: it depends on db, which is paused';
    expect(why(world, 'web')).toContain(said);
    expect(world.logged('change', 'web').filter(({text}) => text === said)).toHaveLength(1);
    world.dispatch({type: 'resumed', at: world.now(), target: 'db'});
    world.advance(seconds(5));
    expect(fixed(world)).toEqual(['web']);
  });

  test('waits while the root of its chain is paused, and names it', () => {
    const world = healthy([
      {name: 'db'},
      {name: 'app', dependsOn: ['db']},
      {name: 'web', dependsOn: ['app']},
    ]);
    world.dispatch({type: 'paused', at: world.now(), target: 'db'});
    crash(world, 'app', 'web');
    world.advance(minutes(2));
    expect(fixed(world)).toEqual([]);
    expect(why(world, 'app')).toContain('it depends on db, which is paused');
    expect(why(world, 'web')).toContain('it depends on db, which is paused');
  });

  test('does not restart for a pause that begins and ends during its own trouble before that target was checked', () => {
    const world = healthy([
      {name: 'db', startMs: seconds(5)},
      {name: 'web', dependsOn: ['db']},
    ]);
    world.dispatch({type: 'paused', at: world.now(), target: 'db'});
    world.serviceOf('db').api = 'error';
    world.advance(seconds(20));
    crash(world, 'web');
    world.advance(seconds(20));
    world.dispatch({type: 'resumed', at: world.now(), target: 'db'});
    world.advance(seconds(12));
    expect(fixed(world)[0]).toBe('db');
  });

  test('waits without limit for a target that was never checked, and says so', () => {
    const world = createWorld({targets: [{name: 'db'}, {name: 'web', dependsOn: ['db']}]});
    world.serviceOf('db').blind = true;
    world.advance(seconds(12));
    crash(world, 'web');
    world.advance(minutes(10));
    expect(fixed(world)).toEqual([]);
    expect(why(world, 'web')).toContain('its fix waits for a check of db, which it depends on');
    world.serviceOf('db').blind = false;
    world.advance(seconds(10));
    expect(fixed(world)).toEqual(['web']);
  });

  test('does not wait for an unrelated target', () => {
    const world = healthy([{name: 'mail', fixMs: seconds(20)}, {name: 'web'}]);
    crash(world, 'mail', 'web');
    world.advance(seconds(1));
    expect(fixed(world).toSorted()).toEqual(['mail', 'web']);
  });

  test('names the target that its next attempt waits for, also while held by its budget', () => {
    const world = healthy([
      {name: 'db', fix: 'none'},
      {name: 'web', dependsOn: ['db']},
    ]);
    world.serviceOf('web').restartsInto = 'fails';
    crash(world, 'web');
    world.advance(seconds(40));
    expect(world.target('web').repair.step).toBe('held');
    world.serviceOf('db').api = 'error';
    world.advance(minutes(31));
    expect(fixed(world)).toHaveLength(3);
    expect(why(world, 'web')).toContain('it depends on db');
    world.serviceOf('db').api = 'ok';
    world.advance(seconds(15));
    expect(fixed(world)).toHaveLength(4);
  });
});

describe('a chain of three', () => {
  test('is healed one at a time, upstream first, whatever their order in the config', () => {
    const world = healthy([
      {name: 'web', dependsOn: ['app']},
      {name: 'app', dependsOn: ['db']},
      {name: 'db', startMs: seconds(3)},
    ]);
    crash(world, 'web', 'app', 'db');
    for (let round = 0; round < 600; round++) {
      world.advance(100);
      expect(busy(world)).toBeLessThanOrEqual(1);
    }
    expect(fixed(world)).toEqual(['db', 'app', 'web']);
    expect(targetsOf(world.state()).map(({health}) => health.level)).toEqual(['ok', 'ok', 'ok']);
  });

  test('names the root, for which all others wait', () => {
    const world = healthy([
      {name: 'db', fix: 'none'},
      {name: 'app', dependsOn: ['db']},
      {name: 'web', dependsOn: ['app']},
    ]);
    crash(world, 'db', 'app', 'web');
    world.advance(seconds(5));
    expect(why(world, 'web')).toContain('it depends on db');
    expect(fixed(world)).toEqual([]);
  });
});

test(
  'a hundred services that depend on a down target cost little',
  () => {
    const world = healthy([
      {name: 'db', fix: 'none'},
      ...Array.from({length: 99}, (_, index) => ({name: `web-${index}`, dependsOn: ['db']})),
    ]);
    for (const {settings} of targetsOf(world.state())) world.serviceOf(settings.name).api = 'error';
    const startedAt = performance.now();
    world.advance(seconds(2));
    // A second, even where everything is slow; without knowing the chains it would be twenty.
    expect(performance.now() - startedAt).toBeLessThan(seconds(5));
  },
  seconds(60),
);

test('a diamond is healed from its root, one at a time', () => {
  const world = healthy([
    {name: 'db'},
    {name: 'left', dependsOn: ['db']},
    {name: 'right', dependsOn: ['db']},
    {name: 'web', dependsOn: ['left', 'right']},
  ]);
  crash(world, 'db', 'left', 'right', 'web');
  for (let round = 0; round < 600; round++) {
    world.advance(100);
    expect(busy(world)).toBeLessThanOrEqual(1);
  }
  expect(fixed(world)).toEqual(['db', 'left', 'right', 'web']);
  expect(targetsOf(world.state()).every(({health}) => health.level === 'ok')).toBe(true);
});

describe('the heal budget of all targets', () => {
  test('defers the next fix, says how long, and lets it begin when the window allows', () => {
    const world = healthy([{name: 'a'}, {name: 'b'}, {name: 'c'}], {
      count: 2,
      windowMs: minutes(3),
    });
    crash(world, 'a', 'b', 'c');
    world.advance(seconds(5));
    const [first] = world.fixes();
    expect(fixed(world)).toEqual(['a', 'b']);
    expect(world.target('c').repair.step).toBe('deferred');
    expect(why(world, 'c')).toMatch(/its fix waits 1\d\d s|its fix waits 3 min/);
    expect(why(world, 'c')).toContain('the heal budget of all targets is used up');
    const freeAt = (first?.at ?? 0) + minutes(3);
    world.advance(freeAt - world.now() - 1);
    expect(world.fixes()).toHaveLength(2);
    world.advance(10);
    expect(fixed(world)).toEqual(['a', 'b', 'c']);
  });

  test.each([minutes(30), -minutes(30)])(
    'defers for the same time when the clock jumps by %i ms',
    byMs => {
      // The one that waits stands first: it must not be judged by times of the others that have not moved yet.
      const world = healthy([{name: 'c'}, {name: 'a'}, {name: 'b'}], {
        count: 2,
        windowMs: minutes(3),
      });
      crash(world, 'a', 'b');
      world.advance(seconds(5));
      crash(world, 'c');
      world.advance(seconds(5));
      const [first] = world.fixes();
      const leftMs = (first?.at ?? 0) + minutes(3) - world.now();
      world.jump(byMs);
      world.advance(leftMs - 1);
      expect(fixed(world)).toEqual(['a', 'b']);
      world.advance(10);
      expect(fixed(world)).toEqual(['a', 'b', 'c']);
    },
  );

  test('is free at exactly the time that it names, also with fractions of a millisecond', () => {
    for (let third = 0; third < 300; third++) {
      const attempt = 1_000_000 + third / 3;
      const target: TargetState = {
        ...healthy([{name: 'a'}]).target('a'),
        attemptTimes: [attempt],
        repair: {step: 'deferred'},
      };
      const until = attempt + 77_579;
      const deferred = (at: number) =>
        blockerOf(
          {targets: newTargets([target]), healBudget: {count: 1, windowMs: 77_579}},
          target,
          at,
        );
      expect(deferred(until - 1)).toEqual({reason: 'heal budget', untilAt: until});
      expect(deferred(until)).toBeUndefined();
    }
  });

  test('counts fixes from before a restart of agent2', () => {
    const world = healthy([{name: 'a'}, {name: 'b'}], {count: 1, windowMs: minutes(10)});
    crash(world, 'a');
    world.advance(seconds(5));
    world.restartAgent();
    world.advance(seconds(12));
    crash(world, 'b');
    world.advance(seconds(30));
    expect(fixed(world)).toEqual(['a']);
    expect(why(world, 'b')).toContain('heal budget');
  });

  test('does not limit requested restarts', () => {
    const world = healthy([{name: 'a'}, {name: 'b'}], {count: 1, windowMs: minutes(10)});
    crash(world, 'a');
    world.advance(seconds(5));
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'b', by: 'user'});
    expect(fixed(world)).toEqual(['a', 'b']);
  });
});

describe('notFor', () => {
  test('prevents a restart when only the database is faulty, and says so', () => {
    const world = healthy([{name: 'web', notFor: ['database']}]);
    Object.assign(world.service, {api: 'down', components: ['database']});
    world.advance(minutes(5));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().health.level).toBe('down');
    expect(why(world, 'web')).toContain('not healed: a restart does not fix database (notFor)');
    expect(world.logged('down')[0]?.text).toContain('not healed: a restart does not fix database');
  });

  test('means a component by its general word, or by the name before its measurement', () => {
    const world = healthy([{name: 'web', notFor: ['db', 'Cache']}]);
    Object.assign(world.service, {api: 'down', components: ['PostgresBackend', 'cache:latency']});
    world.advance(minutes(5));
    expect(world.fixes()).toHaveLength(0);
  });

  test.each([
    'Keycloak database connections async health check',
    'npgsql',
    'hibernate',
    'userDataSource',
    'maindb',
    'sqlite',
  ])('of db prevents a restart for %s', component => {
    const world = healthy([{name: 'web', notFor: ['db']}]);
    Object.assign(world.service, {api: 'down', components: [component]});
    world.advance(minutes(5));
    expect(world.fixes()).toHaveLength(0);
    expect(why(world, 'web')).toContain('not healed: a restart does not fix');
  });

  test.each(['debug', 'feedback'])('of db does not prevent a restart for %s', component => {
    const world = healthy([{name: 'web', notFor: ['db']}]);
    Object.assign(world.service, {api: 'down', components: [component]});
    world.advance(minutes(1));
    expect(world.fixes().length).toBeGreaterThan(0);
  });

  test('does not prevent a restart when another component fails too', () => {
    const world = healthy([{name: 'web', notFor: ['database']}]);
    Object.assign(world.service, {api: 'down', components: ['database']});
    world.advance(minutes(1));
    world.service.components = ['database', 'worker'];
    world.advance(seconds(10));
    expect(world.fixes()).toHaveLength(1);
  });
});
