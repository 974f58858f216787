import {describe, expect, test} from 'vitest';
import {crashed, healthy, seconds} from '../helpers/virtual/scenes.ts';

describe('a stranger on the port', () => {
  test('holds the target, and the watch, which sees no ports, does not end the hold', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'zombie';
    world.advance(seconds(4));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(30));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'port_taken'});
    expect(world.fixes()).toHaveLength(0);
    expect(world.logged('held')).toHaveLength(1);
  });

  test('may be the new process without a pid file yet, so a verification waits', () => {
    const world = crashed({startMs: seconds(20)});
    world.advance(100);
    const {epoch} = world.target();
    const foreign = {
      probe: 'port',
      kind: 'port_foreign',
      port: 1,
      pid: 101,
      command: 'web',
      text: 'port 1 is held by process 101 (web)',
    } as const;
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: false,
      result: {readings: {}, faults: [foreign]},
    });
    expect(world.target().repair.step).toBe('verifying');
  });

  test('that is known only by its port is never stopped', () => {
    const world = healthy();
    const identity = {pid: 100, startKey: 'k100'};
    world.service.restartsInto = 'broken';
    world.service.api = 'error';
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch: world.target().epoch,
      asked: false,
      result: {
        readings: {process: {state: 'alive', identity, via: 'port', command: 'web'}},
        faults: [],
      },
    });
    world.via = 'port';
    world.advance(seconds(60));
    const stopFirst = world
      .fixes()
      .map(({effect}) => effect.type === 'fix' && effect.request.stopFirst);
    expect(stopFirst.length).toBeGreaterThan(1);
    expect(stopFirst).not.toContain(true);
    expect(
      world
        .fixes()
        .slice(1)
        .some(({effect}) => effect.type === 'fix' && effect.request.mayStop),
    ).toBe(false);
  });
});
