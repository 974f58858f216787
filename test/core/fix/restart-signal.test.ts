import {describe, expect, test} from 'vitest';
import {renderAll} from '../../../source/core/text/say.ts';
import {ask, healthy, seconds} from '../../helpers/virtual/scenes.ts';

describe('a restart signal', () => {
  test('requested by a person waits for its consumer even while the service is healthy', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    ask(world, {type: 'restart-requested', by: 'user'});
    world.advance(seconds(20));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'signal_created'});
    expect(world.effects.some(({effect}) => effect.type === 'cancel-fix')).toBe(false);
    world.advance(seconds(15));
    expect(renderAll(world.target().fixes.at(-1))).toMatchObject({
      result: 'failed',
      detail: expect.stringContaining("--restart 'agentos webui restart'") as string,
    });
    expect(world.target().health.level).toBe('ok');
    expect(world.logged('down')).toHaveLength(0);
  });

  test('that no process consumed before the service recovered is withdrawn, and counts as no success', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    world.service.api = 'error';
    world.advance(seconds(8));
    expect(world.target().repair).toMatchObject({step: 'verifying', attempt: {awaiting: true}});
    world.service.api = 'ok';
    world.advance(seconds(2));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'signal_created'});
    expect(world.logged('recovered')[0]?.text).toContain('by itself');
    expect(world.effects.at(-1)?.at).toBeDefined();
    expect(world.effects.some(({effect}) => effect.type === 'cancel-fix')).toBe(true);
  });

  test('that was consumed is verified like any other fix', () => {
    const world = healthy({fix: 'signal', fixMs: 700});
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('stays while the old process is still gone or suspended', () => {
    for (const process of ['gone-with-pid-file', 'stopped'] as const) {
      const world = healthy({fix: 'signal'});
      world.service.consumer = 'absent';
      world.service.deafToContinue = true;
      world.service.process = process;
      world.advance(seconds(25));
      expect(world.target().repair).toMatchObject({
        step: 'verifying',
        attempt: {awaiting: true, action: 'restart'},
      });
    }
  });

  test('that was consumed is not verified by a check that began before', () => {
    const world = healthy({fix: 'signal', fixMs: 2_000, startMs: seconds(10)});
    world.service.api = 'slow';
    ask(world, {type: 'restart-requested', by: 'user'});
    world.advance(seconds(1));
    expect(world.target().check.state).toBe('running');
    world.advance(seconds(8));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'signal_created'});
    world.advance(seconds(10));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('that was consumed fails when the new process dies', () => {
    const world = healthy({fix: 'signal', fixMs: 700});
    world.service.restartsInto = 'dying';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4));
    expect(world.target().fixes[0]).toMatchObject({result: 'failed'});
  });
});
