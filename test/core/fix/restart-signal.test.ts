import {describe, expect, test} from 'vitest';
import {renderAll} from '../../../source/core/text/say.ts';
import {whyLine} from '../../helpers/why.ts';
import {ask, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';

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

  test('that nobody takes stays for whoever comes later, is told once, and costs no budget', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(20));
    expect(world.effects.filter(({effect}) => effect.type === 'cancel-fix')).toEqual([]);
    expect(world.fixes()).toHaveLength(1);
    expect(world.target()).toMatchObject({
      attempts: 0,
      attemptTimes: [],
      repair: {step: 'verifying', attempt: {awaiting: true, untaken: true}},
      fixes: [{result: 'failed'}],
    });
    expect(
      world.notices.filter(({level, kind}) => level === 'error' && kind === 'fix'),
    ).toHaveLength(1);
    expect(whyLine(world.target(), world.now())).toContain(
      'no process consumes restart_signal; it stays until one does',
    );

    world.service.process = 'alive';
    world.service.pid += 1;
    world.dispatch({
      type: 'fix-finished',
      at: world.now(),
      target: 'web',
      attempt: world.target().fixCount,
      outcome: {kind: 'done', detail: 'taken'},
    });
    world.advance(seconds(10));
    expect(world.target()).toMatchObject({
      health: {level: 'ok'},
      incident: undefined,
      attempts: 1,
      fixes: [{result: 'success'}],
    });
  });

  test('that nobody took is withdrawn when somebody started the service by hand, sooner or later, and is no success', () => {
    for (const after of [seconds(10), minutes(5)]) {
      const world = healthy({fix: 'signal'});
      world.service.consumer = 'absent';
      world.service.process = 'gone-with-pid-file';
      world.advance(after);
      world.service.process = 'alive';
      world.service.pid += 1;
      world.advance(seconds(20));
      expect(world.target()).toMatchObject({health: {level: 'ok'}, repair: {step: 'idle'}});
      expect(world.target().fixes.at(-1)).toMatchObject({verdict: 'unneeded'});
      expect(world.target().fixes.at(-1)?.result).not.toBe('success');
      expect(world.logged('recovered')[0]?.text).toBe(
        'recovered by itself before a process consumed restart_signal',
      );
      expect(world.effects.some(({effect}) => effect.type === 'cancel-fix')).toBe(true);
    }
  });

  test('that nobody took is withdrawn by a pause and by observing, and written anew afterwards', () => {
    for (const [stop, go] of [
      [{type: 'paused'}, {type: 'resumed'}],
      [
        {type: 'observing', on: true},
        {type: 'observing', on: false},
      ],
    ] as const) {
      const world = healthy({fix: 'signal'});
      world.service.consumer = 'absent';
      world.service.process = 'gone-with-pid-file';
      world.advance(minutes(2));
      ask(world, stop);
      expect(world.effects.at(-1)?.effect.type).not.toBe('fix');
      expect(world.effects.some(({effect}) => effect.type === 'cancel-fix')).toBe(true);
      world.advance(minutes(2));
      expect(world.fixes()).toHaveLength(1);
      ask(world, go);
      world.advance(minutes(2));
      expect(world.fixes()).toHaveLength(2);
    }
  });

  test('that nobody took refuses another restart and says why', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(2));
    ask(world, {type: 'restart-requested', by: 'user'});
    expect(whyLine(world.target(), world.now())).toBe(
      'no restart: restart_signal is written, and no process has consumed it yet',
    );
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
