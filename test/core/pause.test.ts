import {describe, expect, test} from 'vitest';
import {nextWake} from '../../source/core/next-due.ts';
import {whyCountsDown} from '../../source/core/why.ts';
import {memoryText} from '../../source/documents/memory.ts';
import {memoriesFrom} from '../helpers/documents.ts';
import {ask, healthy, minutes, seconds} from '../helpers/virtual/scenes.ts';
import {whyLine} from '../helpers/why.ts';
import {createWorld, type World} from '../helpers/virtual/world.ts';

const pause = (world: World, forMs?: number) =>
  world.dispatch({
    type: 'paused',
    at: world.now(),
    target: 'web',
    ...(forMs === undefined ? {} : {untilAt: world.now() + forMs}),
  });

describe('a pause with an end', () => {
  test('names its length, and ends by itself', () => {
    const world = healthy();
    pause(world, minutes(30));
    expect(whyLine(world.target(), world.now())).toBe(
      'paused for 30 min more; agent2 resume web ends it',
    );
    expect(whyCountsDown(world.target(), world.now())).toBe(true);
    expect(nextWake(world.state())).toBe(world.now() + minutes(30));
    const checks = world.target().health.totalChecks;
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(30) - 1);
    expect(world.target()).toMatchObject({paused: true, health: {totalChecks: checks}, fixes: []});
    world.advance(1);
    expect(world.target().paused).toBe(false);
    expect(world.target().pausedUntil).toBeUndefined();
    world.advance(5_000);
    expect(world.fixes()).toHaveLength(1);
    expect(world.logged('change').map(({text}) => text)).toEqual(
      expect.arrayContaining([
        'paused for 30 min: no checks, no repairs',
        'resumed: the pause is over',
      ]),
    );
  });

  test('is shown instead of a restart that was refused before', () => {
    const world = createWorld({fix: 'none'});
    world.advance(12_000);
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(whyLine(world.target(), world.now())).toMatch(/^no restart: /);
    pause(world, minutes(30));
    expect(whyLine(world.target(), world.now())).toMatch(/^paused for 30 min more; /);
  });

  test('gets another end, or none, by another request', () => {
    const world = healthy();
    pause(world, minutes(30));
    const {epoch} = world.target();
    pause(world, minutes(5));
    pause(world, minutes(5));
    expect(world.target()).toMatchObject({epoch, pausedUntil: world.now() + minutes(5)});
    expect(world.logged('change').filter(({text}) => text.startsWith('paused'))).toHaveLength(2);
    pause(world);
    expect(world.target().pausedUntil).toBeUndefined();
    world.advance(minutes(60));
    expect(world.target().paused).toBe(true);
    expect(whyLine(world.target(), world.now())).toBe(
      'paused: no checks, no repairs; agent2 resume web ends it',
    );
    pause(world, minutes(1));
    world.advance(minutes(1));
    expect(world.target().paused).toBe(false);
  });

  test('keeps its length when the clock jumps', () => {
    const world = healthy();
    pause(world, minutes(30));
    world.advance(minutes(10));
    world.jump(minutes(120));
    expect(whyLine(world.target(), world.now() + 10_000)).toBe(
      'paused for 20 min more; agent2 resume web ends it',
    );
    world.jump(-minutes(600));
    world.advance(minutes(20) - 1);
    expect(world.target().paused).toBe(true);
    world.advance(1);
    expect(world.target().paused).toBe(false);
  });

  test('ends with the restart that a file requested meanwhile', () => {
    const world = healthy();
    pause(world, minutes(1));
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'signal-file'});
    world.advance(minutes(1));
    expect(world.fixes()).toHaveLength(1);
  });

  test('survives a change of the config', () => {
    const world = healthy();
    pause(world, minutes(30));
    const {pausedUntil} = world.target();
    world.reload([{fingerprint: '2'}]);
    expect(world.target()).toMatchObject({paused: true, pausedUntil});
    world.advance(minutes(31));
    expect(world.target()).toMatchObject({paused: false, health: {level: 'ok'}});
  });
});

describe('after a restart of agent2', () => {
  test('a pause continues, with its end or without one', () => {
    for (const forMs of [minutes(30), undefined]) {
      const world = healthy();
      pause(world, forMs);
      const {pausedUntil} = world.target();
      world.restartAgent({offMs: minutes(10)});
      expect(world.target().paused).toBe(true);
      expect(world.target().pausedUntil).toBe(pausedUntil);
      world.advance(minutes(20) - 1);
      expect(world.target().health.totalChecks).toBe(0);
      world.advance(10_000);
      expect(world.target().health.level).toBe(forMs === undefined ? 'unknown' : 'ok');
    }
  });

  test('a pause that ended meanwhile is over, and none lasts longer than 30 days', () => {
    const world = healthy();
    pause(world, minutes(30));
    world.restartAgent({offMs: minutes(31)});
    expect(world.target().paused).toBe(false);
    pause(world, minutes(60));
    world.restartAgent({offMs: -minutes(100_000)});
    expect(world.target().pausedUntil).toBe(world.now() + minutes(30 * 24 * 60));
  });

  test('a resumed target is not paused', () => {
    const world = healthy();
    pause(world);
    world.dispatch({type: 'resumed', at: world.now(), target: 'web'});
    world.restartAgent();
    expect(world.target().paused).toBe(false);
  });

  test('a chosen preset and observe only stay, unless the config changed', () => {
    const world = healthy();
    world.dispatch({type: 'preset', at: world.now(), target: 'web', name: 'prod'});
    world.dispatch({type: 'observing', at: world.now(), target: 'web', on: true});
    world.restartAgent();
    world.restartAgent();
    expect(world.target()).toMatchObject({
      preset: 'prod',
      observing: true,
      policy: {intervalMs: 10_000},
      configured: {preset: 'test', observing: false},
    });
    world.reload([{preset: 'dev'}]);
    world.restartAgent();
    expect(world.target()).toMatchObject({
      preset: 'dev',
      observing: true,
      configured: {preset: 'dev', observing: false},
    });
    world.dispatch({type: 'observing', at: world.now(), target: 'web', on: false});
    world.restartAgent();
    expect(world.target().observing).toBe(false);
  });

  test('an invalid pause in a memory lasts until it is ended, and an invalid choice is left out', () => {
    const world = healthy();
    pause(world, minutes(30));
    world.dispatch({type: 'preset', at: world.now(), target: 'web', name: 'prod'});
    const text = memoryText(world.state());
    expect(memoriesFrom(text)?.get('web')).toMatchObject({
      paused: {untilAt: expect.any(Number) as number},
      chosen: {preset: 'prod', observing: false, configured: {preset: 'test', observing: false}},
    });
    for (const [paused, chosen] of [
      ['soon', 'x'],
      [{untilAt: 'x'}, {preset: 'prod'}],
      [7, {preset: 1, observing: false, configured: {}}],
    ] as const) {
      const document = JSON.parse(text) as {targets: {web: Record<string, unknown>}};
      Object.assign(document.targets.web, {paused, chosen});
      const memory = memoriesFrom(JSON.stringify(document))?.get('web');
      expect(memory?.fixes).toEqual([]);
      expect(memory?.paused).toEqual({});
      expect(memory).not.toHaveProperty('chosen');
    }
  });
});

describe('before a pause', () => {
  test('no streak survives a pause', () => {
    const world = healthy({preset: 'prod'});
    world.service.api = 'error';
    world.advance(seconds(14));
    expect(world.target().health.failures).toBe(2);
    ask(world, {type: 'paused'});
    world.advance(minutes(60));
    ask(world, {type: 'resumed'});
    world.advance(100);
    expect(world.target().health.failures).toBe(1);
    expect(world.fixes()).toHaveLength(0);
  });

  test('a hold survives a pause', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(30));
    expect(world.target().repair.step).toBe('held');
    ask(world, {type: 'paused'});
    ask(world, {type: 'resumed'});
    world.advance(seconds(40));
    expect(world.target().repair.step).toBe('held');
    expect(world.fixes()).toHaveLength(3);
  });

  test('an inspection that began before a pause changes nothing after it', () => {
    const world = healthy();
    const {epoch} = world.target();
    ask(world, {type: 'paused'});
    ask(world, {type: 'resumed'});
    const before = world.target();
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: true,
      result: {readings: {}, faults: [{probe: 'process', kind: 'process_gone', text: 'gone'}]},
    });
    expect(world.target()).toBe(before);
  });
});
