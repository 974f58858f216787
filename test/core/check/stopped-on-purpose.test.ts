import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {whyLine} from '../../helpers/why.ts';
import {healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';
import {createWorld, type World} from '../../helpers/virtual/world.ts';

function stopped(world: World, how: World['service']['process'] = 'gone-with-pid-file'): void {
  world.service.manager = 'told_to_stop';
  world.service.process = how;
}

describe('a service that its manager was told to stop', () => {
  test.each(['gone', 'gone-with-pid-file', 'zombie'] as const)(
    'stays stopped (%s): a warning, down, and no fix',
    how => {
      const world = healthy();
      stopped(world, how);
      world.advance(minutes(60));
      expect(world.fixes()).toEqual([]);
      expect(world.target()).toMatchObject({
        health: {level: 'down'},
        repair: {step: 'idle'},
        incident: {cause: 'stopped_on_purpose'},
        attemptTimes: [],
      });
      const [told, ...again] = world.notices.filter(({kind}) => kind === 'down');
      expect(told).toMatchObject({level: 'warning'});
      expect(told?.text).toBe(
        'down: stopped_on_purpose: the manager says told_to_stop; not healed: start it there (evenIfStopped: true in its fix heals it all the same)',
      );
      expect(again).toEqual([]);
      expect(world.notices.filter(({level}) => level === 'error')).toEqual([]);
      expect(whyLine(world.target(), world.now())).toContain('not healed: start it there');
    },
  );

  test('stays stopped also when only its port tells that it is gone', () => {
    const world = createWorld({fix: 'command'});
    world.via = 'port';
    world.advance(seconds(12));
    stopped(world);
    world.advance(minutes(10));
    expect(world.fixes()).toEqual([]);
    expect(world.target().incident?.cause).toBe('stopped_on_purpose');
  });

  test('is watched and healed as before once somebody started it', () => {
    const world = healthy();
    stopped(world);
    world.advance(minutes(10));
    world.service.manager = undefined;
    world.service.process = 'alive';
    world.service.pid += 1;
    world.advance(seconds(10));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, incident: undefined});
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.fixes()).toHaveLength(1);
  });

  test('is healed when it crashes on the way up, before it was ever well', () => {
    const world = healthy();
    stopped(world);
    world.advance(minutes(10));
    world.service.manager = undefined;
    world.advance(seconds(10));
    expect(world.fixes()).toHaveLength(1);
  });

  test('is restarted on request', () => {
    const world = healthy();
    stopped(world);
    world.advance(seconds(30));
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(world.fixes()).toHaveLength(1);
  });

  test('is never fixed unasked, however it ends and however it was known', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gone', 'gone-with-pid-file', 'zombie', 'zombie-without-pid-file'),
        fc.constantFrom('pid-file', 'port'),
        fc.integer({min: 0, max: 20_000}),
        (how, via, after) => {
          const world = createWorld({});
          world.via = via;
          world.advance(seconds(12) + after);
          stopped(world, how);
          world.advance(minutes(3));
          return world.fixes().length === 0;
        },
      ),
    );
  });
});

describe('a service that its manager restarts right now', () => {
  test('is waited for, told once, and needs no fix when it comes back', () => {
    const world = healthy();
    world.service.manager = 'being_restarted';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(20));
    expect(world.fixes()).toEqual([]);
    expect(world.notices.filter(({text}) => text.includes('waiting for it'))).toHaveLength(1);
    world.service.manager = undefined;
    world.service.process = 'alive';
    world.service.pid += 1;
    world.advance(seconds(10));
    expect(world.target().health.level).toBe('ok');
    expect(world.fixes()).toEqual([]);
    expect(world.notices.filter(({kind}) => kind === 'down')).toEqual([]);
  });

  test('is healed when it is not back after the start grace', () => {
    const world = healthy();
    world.service.manager = 'being_restarted';
    world.service.process = 'gone-with-pid-file';
    const {startGraceMs} = world.target().policy;
    world.advance(startGraceMs - 1_000);
    expect(world.fixes()).toEqual([]);
    world.advance(seconds(6));
    expect(world.fixes()).toHaveLength(1);
  });

  test('is healed as soon as the manager gives up', () => {
    const world = healthy();
    world.service.manager = 'being_restarted';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(10));
    world.service.manager = undefined;
    world.advance(seconds(4));
    expect(world.fixes()).toHaveLength(1);
  });
});
