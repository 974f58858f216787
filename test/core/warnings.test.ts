import {describe, expect, test} from 'vitest';
import {whyLine} from '../helpers/why.ts';
import {healthy, minutes, seconds} from '../helpers/virtual/scenes.ts';
import type {World} from '../helpers/virtual/world.ts';
import {renderAll} from '../../source/core/text/say.ts';

describe('warnings', () => {
  const certificate = (limitDays: number) =>
    ({
      probe: 'tls',
      kind: 'tls_expiring',
      daysLeft: limitDays - 1,
      limitDays,
      text: `the certificate ends in ${limitDays - 1} days`,
    }) as const;
  const told = (world: World) => world.logged('warn').map(({text}) => text);

  test('of the inspection that proves a crash are logged before its fix, once', () => {
    const world = healthy();
    const gone = {
      probe: 'process',
      kind: 'process_gone',
      pid: 100,
      text: 'process 100 is gone',
    } as const;
    const process = {state: 'gone', via: 'pid-file', pid: 100, pidFile: 'left'} as const;
    const bystander = {
      probe: 'process',
      kind: 'pid_file_invalid',
      text: 'the pid file names a bystander',
    } as const;
    const see = (asked: boolean) =>
      world.dispatch({
        type: 'looked',
        at: world.now(),
        target: 'web',
        epoch: world.target().epoch,
        asked,
        result: {readings: {process}, faults: [gone], warnings: [bystander]},
      });
    see(false);
    expect(world.target().repair.step).toBe('looking');
    see(true);
    expect(told(world)).toEqual(['warning: the pid file names a bystander']);
    expect(world.target().repair.step).toBe('fixing');
  });

  test('of a certificate are logged once at each of its limits', () => {
    const world = healthy();
    for (const limit of [21, 14, 7]) {
      world.service.warnings = [certificate(limit)];
      world.advance(minutes(5));
    }
    expect(told(world)).toEqual(
      [21, 14, 7].map(limit => `warning: the certificate ends in ${limit - 1} days`),
    );
    expect(world.target()).toMatchObject({health: {level: 'warn'}, incident: undefined, fixes: []});
    expect(whyLine(world.target(), world.now())).toContain('never a reason to restart');
  });

  test('are not logged again after one failed check', () => {
    const world = healthy({overrides: {failureThreshold: 9}});
    world.service.warnings = [certificate(21)];
    world.service.api = 'slow';
    world.advance(minutes(1));
    world.service.api = 'error';
    world.advance(seconds(5));
    world.service.api = 'slow';
    world.advance(minutes(1));
    expect(told(world).filter(text => !text.startsWith('failure'))).toHaveLength(2);
    expect(renderAll(world.target().fixes)).toMatchObject([{result: 'warning_logged'}]);
  });

  test('of a failed check are logged once too, and end with a good check that has none', () => {
    const world = healthy({fix: 'none'});
    const text = 'pid file web.pid holds no number';
    world.service.warnings = [{probe: 'process', kind: 'pid_file_invalid', text}];
    world.service.api = 'error';
    world.advance(minutes(1));
    expect(told(world).filter(each => each === `warning: ${text}`)).toHaveLength(1);
    expect(world.target()).toMatchObject({health: {level: 'down'}, warned: [{text}]});
    world.service.warnings = [];
    world.service.api = 'ok';
    world.advance(minutes(1));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, warned: []});
  });

  test('are logged again when they come back', () => {
    const world = healthy();
    for (let round = 0; round < 2; round++) {
      world.service.warnings = [certificate(21)];
      world.advance(minutes(1));
      world.service.warnings = [];
      world.advance(minutes(1));
    }
    expect(told(world)).toHaveLength(2);
    expect(world.target().health.level).toBe('ok');
  });
});
