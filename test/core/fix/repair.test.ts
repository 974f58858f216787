import {describe, expect, test} from 'vitest';
import {createWorld, type World} from '../../helpers/virtual/world.ts';
import {ask, crashed, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';
import {whyLine} from '../../helpers/why.ts';

const actions = (world: World) =>
  world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.action);

describe('backoff', () => {
  test('is reset by an effective fix: one after which the target is healthy for ten times as long as the fix took, at least 10 s', () => {
    const world = healthy();
    for (let round = 0; round < 5; round++) {
      world.service.process = 'gone-with-pid-file';
      world.advance(seconds(5));
      expect(world.target().attempts).toBe(1);
      world.advance(seconds(10));
    }
    const slow = crashed({startMs: seconds(5)});
    slow.advance(seconds(50));
    slow.service.process = 'gone-with-pid-file';
    slow.advance(seconds(1));
    expect(slow.target().attempts).toBe(2);
    slow.advance(seconds(6 + 60));
    slow.service.process = 'gone-with-pid-file';
    slow.advance(seconds(1));
    expect(slow.target().attempts).toBe(1);
  });

  test('continues after a wasted fix, counted from the end of the fix', () => {
    const world = crashed();
    world.advance(seconds(8));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(1));
    expect(world.target().attempts).toBe(2);
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().repair.step).toBe('waiting');
    world.advance(seconds(6));
    expect(world.target().attempts).toBe(3);
  });

  test('of a wasted fix lasts until ten healthy minutes when the fix took very long', () => {
    const world = crashed({startMs: seconds(100), overrides: {startGraceMs: seconds(200)}});
    world.advance(minutes(8));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
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

describe('a budget', () => {
  const crash = (world: World) => {
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
  };

  test('of a preset is used up by wasted fixes only: a service that lives a minute is restarted each time', () => {
    const world = healthy();
    for (let round = 0; round < 30; round++) {
      crash(world);
      expect(world.target().health.level).toBe('ok');
      world.advance(seconds(60));
    }
    expect(world.fixes()).toHaveLength(30);
    expect(world.logged('held')).toEqual([]);
  });

  test('that people set for a target limits effective fixes too, and holds it until the window has room', () => {
    const world = healthy({overrides: {budget: {count: 2, windowMs: minutes(5)}}});
    const begun = world.now();
    for (let round = 0; round < 3; round++) {
      crash(world);
      world.advance(seconds(60));
    }
    expect(world.fixes()).toHaveLength(2);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
    expect(world.logged('held').map(({text}) => text)).toEqual([
      expect.stringMatching(
        /^held: the budget of 2 restarts in 5 min is used up; next attempt in \d min( \d+ s)?; agent2 restart web does it now$/,
      ),
    ]);
    world.advance(begun + minutes(5) + seconds(10) - world.now());
    expect(world.target().health.level).toBe('ok');
    expect(world.fixes()).toHaveLength(3);
  });

  test('is not touched by manual restarts, and never shows more than it allows', () => {
    const world = healthy();
    for (let round = 0; round < 5; round++) {
      ask(world, {type: 'restart-requested', by: 'user'});
      world.advance(seconds(2));
    }
    expect(whyLine(world.target(), world.now())).toContain('0 of 3 restarts used in 5 min');
    world.service.restartsInto = 'fails';
    crash(world);
    world.advance(minutes(4));
    expect(world.fixes().length).toBeGreaterThan(5 + 3);
    expect(whyLine(world.target(), world.now())).toContain('3 of 3 restarts used in 5 min');
  });

  test('says what the restarts were good for when they helped for a moment only', () => {
    const world = healthy({preset: 'dev'});
    for (let round = 0; round < 20 && world.logged('held').length === 0; round++) {
      if (world.service.process === 'alive') world.service.process = 'gone-with-pid-file';
      world.advance(seconds(5));
    }
    expect(world.logged('held')[0]?.text).toMatch(/^held: 5 restarts helped for a moment only; /);
  });
});

test('a manual restart that fails is followed by the next attempt after the backoff, not at once', () => {
  const world = healthy();
  world.service.restartsInto = 'fails';
  ask(world, {type: 'restart-requested', by: 'user'});
  world.service.process = 'gone-with-pid-file';
  world.advance(seconds(4));
  expect(world.fixes()).toHaveLength(1);
  world.advance(seconds(3));
  expect(world.fixes()).toHaveLength(2);
});

describe('a service that starts more slowly than the start grace allows', () => {
  test.each([40, 100, 400])('is healed although it needs %i s', startS => {
    const world = crashed({startMs: seconds(startS)});
    world.advance(minutes(30));
    expect(world.target().health.level).toBe('ok');
    expect(world.fixes().length).toBeLessThanOrEqual(6);
  });

  test('gets the time it needs from then on, also after a restart of agent2', () => {
    const world = crashed({startMs: seconds(40)});
    world.advance(minutes(20));
    expect(world.target().fixes.map(({result}) => result)).toEqual(['failed', 'success']);
    world.restartAgent();
    world.advance(minutes(1));
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(1));
    expect(world.target().fixes.map(({result}) => result)).toEqual([
      'failed',
      'success',
      'success',
    ]);
  });

  test('gets the usual time again once it starts quickly', () => {
    const world = crashed({startMs: seconds(40)});
    world.advance(minutes(20));
    world.service.startMs = seconds(1);
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().slowStarts).toBeUndefined();
  });

  test('is told from one that answers wrongly, whose next attempt gets no more time', () => {
    const world = healthy();
    world.service.restartsInto = 'broken';
    world.service.api = 'error';
    world.advance(minutes(10));
    expect(world.target().slowStarts).toBeUndefined();
  });
});
