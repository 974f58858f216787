import {describe, expect, test} from 'vitest';
import {isRestarted} from '../../source/core/readings.ts';
import {render} from '../../source/core/text/say.ts';
import {healthy, minutes, seconds} from '../helpers/virtual/scenes.ts';
import {createWorld} from '../helpers/virtual/world.ts';

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

describe('another process that was there before the last look at the known one', () => {
  test('is the service from then on, without a restart, a grace and a new count of failures', () => {
    const world = healthy();
    world.service.api = 'error';
    while (world.target().health.failures < 1) world.advance(100);
    const {epoch} = world.target();
    world.service.pid = 500;
    world.service.startedAt = world.now() - minutes(60);
    world.advance(300);
    expect(world.target()).toMatchObject({epoch, process: {pid: 500}, graceUntil: undefined});
    expect(world.target().health.failures).toBeGreaterThanOrEqual(1);
    const told = world.notices.filter(({text}) => text.includes('process'));
    expect(told.map(({level, text}) => [level, text])).toEqual([
      ['info', 'process 500, not 100, is the service'],
    ]);
  });

  test('is no news at first sight', () => {
    const world = createWorld();
    world.service.startedAt = world.now() - minutes(60);
    const {epoch, settings} = world.target();
    const {startedAt} = world.service;
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: settings.name,
      epoch,
      asked: false,
      result: {
        readings: {
          process: {
            state: 'alive',
            identity: {pid: 7, startKey: 'k7'},
            via: 'pid-file',
            command: 'tee',
            startedAt,
          },
        },
        faults: [],
      },
    });
    world.advance(seconds(12));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, process: {pid: 100}});
    expect(
      world.notices.filter(({level, text}) => level !== 'debug' && text.includes('100')),
    ).toEqual([]);
  });

  test.for([
    [1_000_030, true],
    [1_000_010, false],
    // Whole seconds are rounded down.
    [1_000_000, true],
    [999_000, false],
    [undefined, true],
  ] as const)('is told by its start (%s: %s)', ([startedAt, expected]) => {
    const process = {
      state: 'alive',
      identity: {pid: 7, startKey: 'k7'},
      via: 'pid-file',
      command: 'web',
      startedAt,
    } as const;
    expect(isRestarted({aliveAt: 1_000_040}, {process})).toBe(expected);
    expect(isRestarted({}, {process})).toBe(true);
  });
});
