import {describe, expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis.ts';
import {doubt} from '../../source/core/combine.ts';
import {budgetUsed} from '../../source/core/repair.ts';
import {whyLine} from '../helpers/why.ts';
import {createWorld, type World} from '../helpers/world.ts';
import {render, renderAll} from '../../source/core/text/say.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

function healthy(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld(options);
  world.advance(seconds(12));
  expect(world.target().health.level).toBe('ok');
  return world;
}

function crashed(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = healthy(options);
  world.service.process = 'gone-with-pid-file';
  world.advance(400);
  expect(world.fixes()).toHaveLength(1);
  return world;
}

const ask = (
  world: World,
  event:
    | {type: 'paused' | 'resumed'}
    | {type: 'restart-requested'; by: 'user' | 'signal-file'}
    | {type: 'preset'; name: string},
) => world.dispatch({...event, at: world.now(), target: 'web'});

const actions = (world: World) =>
  world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.action);

describe('a restart signal', () => {
  test('that was asked for by hand waits for its consumer, however healthy the service is meanwhile', () => {
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
    expect(world.told('down')).toHaveLength(0);
  });

  test('that nobody took before the service came back by itself is withdrawn, and no success', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    world.service.api = 'error';
    world.advance(seconds(8));
    expect(world.target().repair).toMatchObject({step: 'verifying', attempt: {awaiting: true}});
    world.service.api = 'ok';
    world.advance(seconds(2));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'signal_created'});
    expect(world.told('recovered')[0]?.text).toContain('by itself');
    expect(world.effects.at(-1)?.at).toBeDefined();
    expect(world.effects.some(({effect}) => effect.type === 'cancel-fix')).toBe(true);
  });

  test('that was taken is verified like any other fix', () => {
    const world = healthy({fix: 'signal', fixMs: 700});
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('is not given up because the old process is still gone, or still suspended', () => {
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

  test('that was taken is not proven by a check that began before', () => {
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

  test('that was taken no longer counts as awaited: the death of the new process ends the attempt', () => {
    const world = healthy({fix: 'signal', fixMs: 700});
    world.service.restartsInto = 'dying';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4));
    expect(world.target().fixes[0]).toMatchObject({result: 'failed'});
  });
});

describe('backoff', () => {
  test('starts anew after ten healthy minutes', () => {
    const world = healthy();
    for (let round = 0; round < 5; round++) {
      world.service.process = 'gone-with-pid-file';
      world.advance(seconds(5));
      expect(world.target().attempts).toBe(1);
      world.advance(minutes(30));
    }
  });

  test('goes on within ten minutes', () => {
    const world = crashed();
    world.advance(minutes(2));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().attempts).toBe(2);
  });

  test('and the budget count the attempts of an earlier run', () => {
    const world = createWorld({earlierAttempts: [minutes(4), minutes(2), minutes(1)]});
    world.advance(seconds(12));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
  });

  test('yields to a recovery that comes while it waits', () => {
    const world = healthy({preset: 'prod'});
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(2));
    expect(world.target().repair.step).toBe('waiting');
    world.service.process = 'alive';
    world.service.pid = 900;
    world.advance(seconds(40));
    expect(world.fixes()).toHaveLength(1);
    expect(world.target().health.level).toBe('ok');
  });

  test('stops an old process that the attempt before left running', () => {
    const world = healthy();
    world.service.restartsInto = 'broken';
    world.service.api = 'error';
    world.advance(seconds(60));
    const stopFirst = world
      .fixes()
      .map(({effect}) => effect.type === 'fix' && effect.request.stopFirst);
    expect(stopFirst.slice(0, 2)).toEqual([false, true]);
  });
});

describe('settle time', () => {
  test('is given also to a target that was down already for what it answered', () => {
    const world = healthy({fix: 'none'});
    world.service.api = 'error';
    world.advance(seconds(8));
    expect(world.target().health.level).toBe('down');
    world.service.process = 'gone';
    world.advance(600);
    expect(world.target().repair.step).toBe('settling');
  });

  test('is given also when the process went away just before a waiting attempt', () => {
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

  test('is not given to a stranger on the port: held at once', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'gone';
    world.advance(seconds(4));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'port_taken'});
    expect(world.fixes()).toHaveLength(0);
  });
});

describe('a stranger on the port', () => {
  test('holds, and the watch, which sees no ports, does not end the hold', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'zombie';
    world.advance(seconds(4));
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(30));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'port_taken'});
    expect(world.fixes()).toHaveLength(0);
    expect(world.told('held')).toHaveLength(1);
  });

  test('or a new process whose pid file is not written yet: a verification waits to see which', () => {
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

  test('found by its port alone is never stopped: nobody knows whose it is', () => {
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

describe('a verification', () => {
  test('is not ended by the death of the attempt before, whose pid the file still names', () => {
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

  test('during which nobody could look is not a failed fix', () => {
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
    expect(world.told('down')).toHaveLength(1);
  });

  test('whose deadline we slept through is given another chance', () => {
    const world = crashed({startMs: 500});
    world.advance(200);
    expect(world.target().repair.step).toBe('verifying');
    world.dispatch({type: 'tick', at: world.now() + minutes(5)});
    expect(world.target().repair.step).toBe('verifying');
  });

  test('is renewed by resuming after a pause', () => {
    const world = crashed({startMs: seconds(5)});
    world.advance(200);
    ask(world, {type: 'paused'});
    world.advance(minutes(10));
    ask(world, {type: 'resumed'});
    world.advance(seconds(10));
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'success'});
  });

  test('of a restart that was asked for shows that it does not answer meanwhile', () => {
    const world = healthy({startMs: seconds(20)});
    ask(world, {type: 'restart-requested', by: 'user'});
    world.advance(seconds(10));
    expect(world.target().health.level).toBe('warn');
    world.advance(seconds(15));
    expect(world.target().health.level).toBe('ok');
  });
});

describe('streaks and holds', () => {
  test('a budget of more than fifty fixes is used up too', () => {
    const world = createWorld({
      overrides: {
        budget: {count: 60, windowMs: 24 * 3_600_000},
        backoff: {baseMs: 1_000, factor: 1, capMs: 1_000},
      },
    });
    world.advance(12_000);
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(600_000);
    expect(world.fixes()).toHaveLength(60);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
  });

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
    world.advance(minutes(2));
    expect(world.target().repair.step).toBe('held');
    ask(world, {type: 'paused'});
    ask(world, {type: 'resumed'});
    world.advance(minutes(5));
    expect(world.target().repair.step).toBe('held');
    expect(world.fixes()).toHaveLength(3);
  });

  test('a look that began before a pause changes nothing after it', () => {
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

  test('a preset switched during a fix starts no check before the fix is done', () => {
    const world = crashed({fixMs: seconds(20)});
    const checks = () => world.effects.filter(({effect}) => effect.type === 'check').length;
    const before = checks();
    ask(world, {type: 'preset', name: 'dev'});
    world.advance(seconds(10));
    expect(checks()).toBe(before);
    expect(world.target().repair.step).toBe('fixing');
  });
});

describe('a clock that jumps', () => {
  test.each([minutes(60), -minutes(60)])(
    'by %i ms leaves the budget used and the next attempt as they were',
    byMs => {
      const world = crashed();
      world.advance(seconds(5));
      expect(budgetUsed(world.target(), world.now())).toBe(1);
      world.jump(byMs);
      expect(budgetUsed(world.target(), world.now())).toBe(1);
      world.service.process = 'gone-with-pid-file';
      world.advance(seconds(12));
      expect(world.fixes()).toHaveLength(2);
    },
  );

  test('while a look is under way takes it again', () => {
    const world = healthy();
    world.service.process = 'gone-with-pid-file';
    while (
      world.target().repair.step !== 'looking' ||
      (world.target().repair as {at: number}).at !== Infinity
    )
      world.advance(1);
    world.jump(minutes(60));
    world.advance(seconds(2));
    expect(world.fixes()).toHaveLength(1);
  });
});

describe("somebody else's restart", () => {
  test('is told once, gets its start grace, and a check that began before it changes nothing', () => {
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

  test('that takes its time to start is not fixed within the grace', () => {
    const world = healthy();
    world.service.pid = 500;
    world.service.readyAt = world.now() + seconds(20);
    world.advance(seconds(25));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().health.level).toBe('ok');
  });
});

describe('small truths', () => {
  test('a refused connection is no listener here, and unreachable elsewhere; a connection that takes too long is hung here', () => {
    const fault = (kind: 'connect_refused' | 'connect_timeout' | 'dns_failed') =>
      ({probe: 'api', kind, text: ''}) as const;
    expect(diagnose([fault('connect_refused')], true)).toBe('not_listening');
    expect(diagnose([fault('connect_refused')], false)).toBe('unreachable');
    expect(diagnose([fault('connect_timeout')], true)).toBe('hung');
    expect(diagnose([fault('connect_timeout')], false)).toBe('unreachable');
    expect(diagnose([fault('dns_failed')], true)).toBe('unreachable');
  });

  test('a check that took far beyond its limit says more about us than about the target', () => {
    const failed = {
      kind: 'failed',
      readings: {},
      faults: [{probe: 'api', kind: 'response_timeout', text: ''}],
    } as const;
    const limits = {timeoutMs: 5_000, intervalMs: 5_000};
    expect(doubt(failed, {startedAt: 0, at: 5_100, lagMs: 0}, limits)).toBeUndefined();
    expect(renderAll(doubt(failed, {startedAt: 0, at: 60_000, lagMs: 0}, limits))).toContain(
      'slept',
    );
    expect(renderAll(doubt(failed, {startedAt: 0, at: 5_100, lagMs: 3_000}, limits))).toContain(
      'stood still',
    );
  });

  test('time down is no uptime, and time that nobody looked is not observed', () => {
    const world = healthy({fix: 'none'});
    const {uptime} = world.target();
    world.service.api = 'error';
    world.advance(minutes(1));
    const down = world.target().uptime;
    expect(down.observedMs - uptime.observedMs).toBeGreaterThan(seconds(50));
    expect(down.upMs - uptime.upMs).toBeLessThan(seconds(10));
    ask(world, {type: 'paused'});
    world.advance(minutes(10));
    expect(world.target().uptime.observedMs).toBe(down.observedMs);
  });

  test('flapping starts with much change and ends with calm', () => {
    const world = healthy({fix: 'none', preset: 'prod'});
    for (let round = 0; round < 6; round++) {
      world.service.api = round % 2 === 0 ? 'error' : 'ok';
      world.advance(seconds(6));
    }
    expect(world.target().health.flapping).toBe(true);
    world.service.api = 'ok';
    world.advance(minutes(6));
    expect(world.target().health.flapping).toBe(false);
  });

  test('a refusal is what the why line says, for ten seconds', () => {
    const world = healthy({fix: 'none'});
    ask(world, {type: 'restart-requested', by: 'user'});
    expect(whyLine(world.target(), world.now())).toMatch(
      /^no restart: there is nothing to restart it with/,
    );
    expect(whyLine(world.target(), world.now() + seconds(11))).toMatch(/^healthy/);
  });

  test('a suspended process is continued once, then restarted, whatever the backoff', () => {
    const world = healthy();
    world.service.deafToContinue = true;
    world.service.process = 'stopped';
    world.advance(seconds(12));
    expect(actions(world).slice(0, 2)).toEqual(['continue', 'restart']);
  });
});
