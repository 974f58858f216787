import {describe, expect, test} from 'vitest';
import {healthy, seconds} from '../../helpers/virtual/scenes.ts';
import {look} from '../../helpers/virtual/virtual-service.ts';
import {createWorld, type World} from '../../helpers/virtual/world.ts';

describe('settle time', () => {
  test('also applies to a target that was already down for its answers', () => {
    const world = healthy({fix: 'none'});
    world.service.api = 'error';
    world.advance(seconds(8));
    expect(world.target().health.level).toBe('down');
    world.service.process = 'gone';
    world.advance(600);
    expect(world.target().repair.step).toBe('settling');
  });

  test('also applies when the process vanished just before a waiting attempt', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.api = 'error';
    world.advance(seconds(8));
    const {repair} = world.target();
    expect(repair.step).toBe('waiting');
    const untilAt = repair.step === 'waiting' ? repair.untilAt : 0;
    world.advance(untilAt - world.now() - 300);
    world.service.process = 'gone';
    world.advance(1_500);
    expect(world.fixes()).toHaveLength(1);
    world.service.process = 'alive';
    world.service.pid = 777;
    world.service.api = 'ok';
    world.advance(seconds(20));
    expect(world.fixes()).toHaveLength(1);
  });

  test('covers the own restart of whoever takes restart signals, also with the preset dev', () => {
    const world = healthy({fix: 'signal', preset: 'dev'});
    world.service.process = 'gone';
    world.advance(4_500);
    expect(world.fixes()).toEqual([]);
    world.service.process = 'alive';
    world.service.pid = 777;
    world.advance(seconds(20));
    expect(world.fixes()).toEqual([]);
    expect(world.target().health.level).toBe('ok');
  });

  test('also applies to a zombie that removed its pid file, as an orderly stop does', () => {
    const world = healthy();
    world.service.process = 'zombie-without-pid-file';
    world.advance(1_500);
    expect(world.target().repair.step).toBe('settling');
    world.service.process = 'alive';
    world.service.pid = 777;
    world.advance(seconds(10));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().health.level).toBe('ok');
  });

  test('ends with a restart when nobody starts what a zombie was', () => {
    const world = healthy();
    world.service.process = 'zombie-without-pid-file';
    world.advance(seconds(4));
    expect(world.target().fixes[0]).toMatchObject({cause: 'zombie', result: 'success'});
  });

  test('does not apply to a zombie whose pid file still names it', () => {
    const world = healthy();
    world.service.process = 'zombie';
    world.advance(600);
    expect(world.fixes()).toHaveLength(1);
  });

  test('does not apply to a stranger on the port, which holds the target at once', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'gone';
    world.advance(seconds(4));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'port_taken'});
    expect(world.fixes()).toHaveLength(0);
  });

  test('does not begin before the first check, which may find a process that no pid file names', () => {
    const world = createWorld();
    seeGone(world);
    expect(world.target().repair.step).toBe('idle');
    world.advance(seconds(1));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, incident: undefined});
    expect(world.notices.map(({text}) => text)).toContain('healthy at first sight');
    expect(world.logged('warn')).toEqual([]);
  });

  test('begins after a first check that could not see', () => {
    const world = createWorld();
    world.service.blind = true;
    seeGone(world);
    world.advance(seconds(1));
    seeGone(world);
    expect(world.target().repair.step).toBe('settling');
  });
});

/** What the watch sees of a service whose process is gone and whose pid file is not there. */
function seeGone(world: World): void {
  const {epoch} = world.target();
  const result = look({...world.service, blind: false, process: 'gone'}, 'pid-file', false);
  world.dispatch({type: 'looked', at: world.now(), target: 'web', epoch, asked: false, result});
}
