import {describe, expect, test} from 'vitest';
import {watch} from '../../../bench/policies/agent2.ts';
import {lives} from '../../../bench/policies/services.ts';
import {targetsOf} from '../../../source/core/targets.ts';
import {targetDocument} from '../../../source/documents/status.ts';
import type {World} from '../../helpers/virtual/world.ts';
import {ask, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';
import {whyLine} from '../../helpers/why.ts';

/** The service dies `count` times, each time 90 s after it was healthy. */
function dies(world: World, count: number): void {
  for (let round = 0; round < count; round++) {
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
    expect(world.target().health.level).toBe('ok');
    world.advance(seconds(88));
  }
}

const story = (world: World) =>
  world.notices.flatMap(({kind}) =>
    ['down', 'relapsing', 'recovered', 'held'].includes(kind) ? [kind] : [],
  );

describe('a service that fails again soon after each restart', () => {
  test('has one incident that goes on, with all its fixes', () => {
    const world = healthy();
    dies(world, 12);
    expect(world.target().incidents).toMatchObject([
      {number: 1, fixes: 12, cause: 'crashed', again: {relapses: 11}},
    ]);
    expect(world.target().fixes.map(({incident}) => incident)).toEqual(
      Array.from({length: 12}, () => 1),
    );
    expect(world.target().incidentCount).toBe(1);
  });

  test('is told as down and recovered twice, then once as a crash loop, and as recovered after ten healthy minutes', () => {
    const world = healthy();
    dies(world, 12);
    expect(story(world)).toEqual(['down', 'recovered', 'down', 'recovered', 'relapsing']);
    expect(world.logged('relapsing')[0]?.text).toMatch(
      /^crash loop: lives about 90 s, restarted 2 times, up 9\d %; down: crashed: process \d+ is gone/,
    );
    expect(whyLine(world.target(), world.now())).toMatch(
      /^healthy; .*; crash loop: lives about 90 s, restarted 12 times, up 9\d %$/,
    );
    expect(targetDocument(world.state(), world.target(), world.now()).crash_loop).toEqual({
      since: expect.any(String) as string,
      restarts: 12,
      lives: expect.closeTo(89, -1) as number,
      up: expect.closeTo(0.99, 1) as number,
    });
    world.advance(minutes(10));
    expect(targetDocument(world.state(), world.target(), world.now()).crash_loop).toBeNull();
    expect(story(world).at(-1)).toBe('recovered');
    expect(world.logged('recovered').at(-1)?.text).toBe(
      'recovered: healthy for 10 min after 12 restarts',
    );
    expect(whyLine(world.target(), world.now())).not.toContain('crash loop');
    world.advance(minutes(60));
    expect(story(world)).toHaveLength(6);
  });

  test('is reminded of once, after an hour', () => {
    const {notices, starts} = watch(
      lives('', () => seconds(90)),
      'test',
    );
    expect(starts).toBeGreaterThan(300);
    expect(notices).toMatchObject({down: 2, recovered: 2, relapsing: 2});
  });

  test('has a new incident when the next failure comes after ten healthy minutes, or is another one', () => {
    const world = healthy();
    dies(world, 1);
    world.advance(minutes(12));
    dies(world, 1);
    world.service.api = 'error';
    world.advance(seconds(10));
    expect(world.target().incidents.map(({number, cause}) => [number, cause])).toEqual([
      [1, 'crashed'],
      [2, 'crashed'],
      [3, 'erroring'],
    ]);
  });

  test('keeps other failures in the incident once it was told, so that nothing is told twice', () => {
    const world = healthy();
    dies(world, 4);
    world.service.api = 'error';
    world.advance(seconds(30));
    ask(world, {type: 'restart-requested', by: 'user'});
    world.advance(seconds(30));
    dies(world, 2);
    expect(story(world)).toEqual(['down', 'recovered', 'down', 'recovered', 'relapsing']);
    expect(world.target().incidents.filter(({again}) => again)).toMatchObject([
      {number: 1, cause: 'crashed'},
    ]);
  });

  test('goes on across restarts of agent2, and is told as recovered then', () => {
    const world = healthy();
    dies(world, 4);
    world.restartAgent();
    world.advance(seconds(20));
    dies(world, 2);
    expect(world.target().incidents).toMatchObject([{number: 1, fixes: 6}]);
    world.restartAgent();
    world.advance(minutes(12));
    expect(story(world)).toEqual([
      'down',
      'recovered',
      'down',
      'recovered',
      'relapsing',
      'recovered',
    ]);
  });

  test('is told as held once, however often it is held', () => {
    const world = healthy();
    while (world.elapsed() < minutes(30)) {
      if (world.target().health.level === 'ok') {
        world.advance(seconds(5));
        world.service.process = 'gone-with-pid-file';
      }
      world.advance(seconds(1));
    }
    expect(world.fixes().length).toBeGreaterThan(6);
    expect(story(world)).toEqual(['down', 'recovered', 'down', 'recovered', 'relapsing', 'held']);
  });

  test('continues a suspended process in each round', () => {
    const world = healthy();
    for (let round = 0; round < 3; round++) {
      world.service.process = 'stopped';
      world.advance(seconds(60));
    }
    const actions = world
      .fixes()
      .map(({effect}) => (effect.type === 'fix' ? effect.request.action : ''));
    expect(actions).toEqual(['continue', 'continue', 'continue']);
    expect(targetsOf(world.state())[0]?.incidents).toHaveLength(1);
  });
});
