import {describe, expect, test} from 'vitest';
import {ask, crashed, healthy, minutes, seconds} from '../../helpers/virtual/scenes.ts';

describe('a verification', () => {
  test('does not fail for the dead process of the previous attempt, whose pid the file still has', () => {
    const world = healthy({fixMs: 500});
    world.service.restartsInto = 'dying';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(3));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'failed'});
    const dead = world.service.pid;
    world.service.restartsInto = 'healthy';
    while (world.target().repair.step !== 'verifying') world.advance(50);
    const {epoch} = world.target();
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: false,
      result: {
        readings: {},
        faults: [
          {probe: 'process', kind: 'process_gone', pid: dead, text: `process ${dead} is gone`},
        ],
      },
    });
    world.advance(seconds(3));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('that ends before the new process was seen does not take that for a restart by somebody else', () => {
    const world = healthy({fixMs: 500});
    const old = world.service.pid;
    world.service.process = 'gone-with-pid-file';
    const isProving = () =>
      world.target().check.state === 'running' && world.target().repair.step === 'verifying';
    // A check takes 3 ms.
    for (let ms = 0; ms < 10_000 && !isProving(); ms++) world.advance(1);
    expect(isProving()).toBe(true);
    world.dispatch({
      type: 'observed',
      at: world.now(),
      target: 'web',
      epoch: world.target().epoch,
      startedAt: world.now(),
      lagMs: 0,
      observation: {kind: 'ok', readings: {}},
    });
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
    world.advance(seconds(20));
    expect(world.service.pid).not.toBe(old);
    expect(world.notices.filter(({text}) => text.includes('restarted externally'))).toEqual([]);
  });

  test('by who was there before proves nothing: the fix is no success, and the target not down', () => {
    const world = crashed();
    const text = 'process 7 (web), left over from process 100, holds port 1';
    world.service.warnings = [{probe: 'port', kind: 'answer_unproven', text}];
    world.advance(seconds(20));
    expect(world.target().repair.step).toBe('verifying');
    expect(world.logged('recovered')).toHaveLength(0);
    world.advance(seconds(15));
    expect(world.target().fixes.at(-1)).toMatchObject({
      result: 'failed',
      detail: text,
      verdict: 'no effect',
    });
    expect(world.logged('recovered').map(({text}) => text)).toEqual([
      `it answers, but not by the fix: ${text}`,
    ]);
    world.advance(seconds(60));
    expect(world.target()).toMatchObject({health: {level: 'warn'}, repair: {step: 'idle'}});
    expect(world.fixes()).toHaveLength(1);
  });

  test('that fails names who holds the port of the process that is gone', () => {
    const world = healthy();
    world.service.restartsInto = 'broken';
    world.service.api = 'error';
    const text = 'port 1 is held by process 7 (web), left over from process 100';
    world.service.warnings = [
      {probe: 'port', kind: 'port_foreign', port: 1, pid: 7, command: 'web', text},
    ];
    world.advance(seconds(45));
    expect(world.target().fixes[0]).toMatchObject({
      result: 'failed',
      detail: `not healthy within 30 s after the fix: status 500; ${text}`,
    });
  });

  test('waits a moment for a pid file that is late, and no longer than the settle time', () => {
    const answering = () => {
      const world = crashed({startMs: seconds(5)});
      while (world.target().repair.step !== 'verifying') world.advance(50);
      Object.assign(world.service, {process: 'zombie', pid: 100, answered: true});
      return world;
    };
    const late = answering();
    late.advance(seconds(1));
    expect(late.target().repair.step).toBe('verifying');
    Object.assign(late.service, {process: 'alive', pid: 101});
    late.advance(seconds(1));
    expect(late.target().fixes.at(-1)).toMatchObject({result: 'success'});
    expect(late.logged('warn').map(({text}) => text)).not.toContainEqual(
      expect.stringMatching('zombie'),
    );

    const never = answering();
    never.advance(seconds(4));
    expect(never.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('succeeds once what the fix brought answers', () => {
    const world = crashed();
    world.service.warnings = [{probe: 'port', kind: 'answer_unproven', text: 'left over'}];
    world.advance(seconds(5));
    world.service.warnings = [];
    world.advance(seconds(2));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('without any conclusive check does not fail the fix', () => {
    const world = crashed({startMs: minutes(10)});
    world.advance(200);
    for (let round = 0; round < 40; round++) {
      const {check, epoch} = world.target();
      if (check.state !== 'running')
        world.dispatch({type: 'tick', at: world.now() + 1_000 * round});
      world.dispatch({
        type: 'observed',
        at: world.now() + 1_000 * (round + 1),
        target: 'web',
        epoch,
        startedAt: world.now() + 1_000 * round,
        lagMs: 0,
        observation: {kind: 'inconclusive', reason: 'test'},
      });
    }
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'running'});
    expect(world.logged('down')).toHaveLength(1);
  });

  test('whose deadline passed during a stall gets more time', () => {
    const world = crashed({startMs: 500});
    world.advance(200);
    expect(world.target().repair.step).toBe('verifying');
    world.dispatch({type: 'tick', at: world.now() + minutes(5)});
    expect(world.target().repair.step).toBe('verifying');
  });

  test('starts again at the end of a pause', () => {
    const world = crashed({startMs: seconds(5)});
    world.advance(200);
    ask(world, {type: 'paused'});
    world.advance(minutes(10));
    ask(world, {type: 'resumed'});
    world.advance(seconds(10));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('of a requested restart shows that the target does not answer meanwhile', () => {
    const world = healthy({startMs: seconds(20)});
    ask(world, {type: 'restart-requested', by: 'user'});
    world.advance(seconds(10));
    expect(world.target().health.level).toBe('warn');
    world.advance(seconds(15));
    expect(world.target().health.level).toBe('ok');
  });
});
