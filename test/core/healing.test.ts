import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {lastOutcome} from '../../source/core/check/samples.ts';
import {createWorld, type World} from '../helpers/virtual/world.ts';
import {render, renderAll} from '../../source/core/text/say.ts';

const seconds = (count: number) => count * 1_000;

function healthy(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld(options);
  world.advance(seconds(12));
  expect(world.target().health.level).toBe('ok');
  return world;
}

describe('a crash', () => {
  test('that left the pid file is fixed after a second inspection, within 450 ms of virtual time plus the start', () => {
    const world = healthy();
    const crashedAt = world.now();
    world.service.process = 'gone-with-pid-file';
    world.advance(400);
    expect(world.fixes()).toHaveLength(1);
    world.advance(seconds(2));
    const [fix] = world.target().fixes;
    expect(fix).toMatchObject({
      issue: 'process not alive',
      cause: 'crashed',
      action: 'restart',
      result: 'success',
    });
    const healedAt = world.logged('recovered')[0]?.at ?? Infinity;
    expect(healedAt - crashedAt).toBeLessThanOrEqual(450 + 300);
  });

  test('is fixed as soon when a good check ends just after it, and the settle time is as long', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gone-with-pid-file', 'gone', 'stopped'),
        fc.integer({min: 1, max: 6_000}),
        (process, afterMs) => {
          const world = healthy();
          // Its checks take a while, and see the process only at their beginning.
          world.service.api = 'slow';
          world.advance(seconds(20) + afterMs);
          world.service.process = process;
          world.advance((process === 'gone' ? world.target().policy.settleMs : 0) + 700);
          expect(world.fixes()).toHaveLength(1);
        },
      ),
    );
  });

  test('without a pid file is believed only after the settle time', () => {
    const world = healthy();
    world.service.process = 'gone';
    world.advance(1_900);
    expect(world.fixes()).toHaveLength(0);
    world.advance(700);
    expect(world.fixes()).toHaveLength(1);
  });

  test('that another program repaired within the settle time is logged as an external restart, and not fixed', () => {
    const world = healthy();
    world.service.process = 'gone';
    world.advance(1_000);
    world.service.process = 'alive';
    world.service.pid = 555;
    world.advance(seconds(30));
    expect(world.fixes()).toHaveLength(0);
    expect(
      world
        .target()
        .events.map(event => render(event.text))
        .join('\n'),
    ).toContain('restarted externally: process 100 became 555');
    expect(world.target().health.level).toBe('ok');
  });

  test("of agent2's own child is believed at once", () => {
    const world = healthy({fix: 'child'});
    world.service.process = 'gone';
    world.advance(260);
    expect(world.fixes()).toHaveLength(1);
  });
});

describe('a suspended process', () => {
  test('is continued, not restarted, and the fix counts as a success', () => {
    const world = healthy();
    world.service.process = 'stopped';
    world.advance(800);
    expect(world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.action)).toEqual(
      ['continue'],
    );
    expect(world.service.pid).toBe(100);
    expect(world.target().fixes[0]).toMatchObject({
      cause: 'suspended',
      action: 'SIGCONT',
      result: 'success',
    });
  });

  test('that SIGCONT does not continue is restarted', () => {
    const world = healthy();
    world.service.process = 'stopped';
    world.service.deafToContinue = true;
    world.advance(seconds(10));
    const actions = world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.action);
    expect(actions).toEqual(['continue', 'restart']);
    expect(world.target().health.level).toBe('ok');
  });
});

describe('soft evidence', () => {
  test('one failed check of two is a warning and leads to no fix; the next good check resets the counter', () => {
    const world = healthy();
    world.service.api = 'error';
    world.advance(3_500);
    expect(world.target().health).toMatchObject({level: 'warn', failures: 1});
    world.service.api = 'ok';
    world.advance(seconds(2));
    expect(world.target().health).toMatchObject({level: 'ok', failures: 0});
    expect(world.fixes()).toHaveLength(0);
  });

  test.each([
    ['error', 'erroring'],
    ['down', 'unhealthy'],
    ['hung', 'hung'],
  ] as const)(
    '%s at the threshold makes the target down with the cause %s, and it is restarted once',
    (api, cause) => {
      const world = healthy();
      world.service.api = api;
      world.advance(seconds(20));
      expect(world.fixes()).toHaveLength(1);
      expect(world.target().fixes[0]).toMatchObject({
        issue: 'health check failed',
        cause,
        result: 'success',
      });
      expect(world.logged('recovered')).toHaveLength(1);
    },
  );

  test('after the first failure checks come at the confirm pace', () => {
    const world = healthy();
    world.service.api = 'error';
    world.advance(seconds(30));
    const checks = world.effects.filter(({effect}) => effect.type === 'check').map(({at}) => at);
    const firstFailure = world.logged('warn')[0]?.at ?? 0;
    expect(checks.find(at => at > firstFailure)).toBe(firstFailure + 1_000 - 3);
  });

  test('a slow but correct answer is logged once an episode and never leads to a restart', () => {
    const world = healthy();
    world.service.api = 'slow';
    world.advance(seconds(60));
    expect(world.target().health.level).toBe('warn');
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().fixes).toMatchObject([{cause: 'slow', result: 'warning_logged'}]);
    world.service.api = 'ok';
    world.advance(seconds(10));
    expect(world.target().health.level).toBe('ok');
  });
});

describe('a service that fixes do not repair', () => {
  test('gets fixes spaced by backoff, and is held when the budget is used up, which is logged once', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(60));
    const [first, second, third] = world.fixes().map(({at}) => at);
    expect(world.fixes()).toHaveLength(3);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(seconds(5));
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(seconds(10));
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'budget'});
    expect(world.logged('held').map(({text}) => text)).toEqual([
      'held: 3 restarts did not help; next attempt in 60 s, then after twice that, up to 30 min; agent2 restart web does it now',
    ]);
  });

  test('is tried while held after the cap of the backoff, then after twice that, and in the end every 30 minutes', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(4 * 3_600));
    const times = world.fixes().map(({at}) => at);
    const pauses = times.slice(3).map((at, index) => at - (times[index + 2] ?? 0));
    pauses.forEach((pause, index) => {
      const expected = Math.min(seconds(30 * 60), seconds(60) * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(expected);
      expect(pause).toBeLessThan(expected + seconds(6));
    });
    expect(pauses.length).toBeGreaterThan(8);
    expect(world.logged('held')).toHaveLength(1);
  });

  test('is still checked while held, and recovers when an attempt helps', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(40));
    const checksBefore = world.target().health.totalChecks;
    world.advance(seconds(20));
    expect(world.target().health.totalChecks).toBeGreaterThan(checksBefore);
    world.service.restartsInto = 'healthy';
    world.advance(seconds(60));
    expect(world.fixes()).toHaveLength(4);
    expect(world.target().repair.step).toBe('idle');
    expect(world.logged('recovered')).toHaveLength(1);
  });

  test('that dies right after its start fails the attempt at once, not after the start grace', () => {
    const world = healthy();
    world.service.restartsInto = 'dying';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(3));
    expect(world.target().fixes.at(0)).toMatchObject({result: 'failed'});
  });

  test('is not taken for dead by a late reading of the process before it', () => {
    const world = healthy();
    world.service.process = 'gone-with-pid-file';
    world.advance(600);
    expect(world.target().repair.step).toBe('verifying');
    const {epoch} = world.target();
    const alive = {
      state: 'alive',
      identity: {pid: 101, startKey: 'k101'},
      via: 'pid-file',
      command: 'web',
    } as const;
    const gone = {
      probe: 'process',
      kind: 'process_gone',
      pid: 100,
      text: 'process 100 is gone',
    } as const;
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: false,
      result: {readings: {process: alive}, faults: []},
    });
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: false,
      result: {readings: {}, faults: [gone]},
    });
    expect(world.target().repair.step).toBe('verifying');
    world.dispatch({
      type: 'looked',
      at: world.now(),
      target: 'web',
      epoch,
      asked: false,
      result: {readings: {}, faults: [{...gone, pid: 101}]},
    });
    expect(world.target().fixes.at(-1)).toMatchObject({result: 'failed'});
  });

  test('a requested restart overrides the hold', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(120));
    world.service.restartsInto = 'healthy';
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    world.advance(seconds(3));
    expect(world.target().health.level).toBe('ok');
    expect(world.target().fixes.at(-1)).toMatchObject({cause: 'manual', result: 'success'});
  });
});

describe('a stranger on the port', () => {
  test('is named and never killed: the target is held until the stranger leaves, then healed', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(30));
    expect(world.fixes()).toHaveLength(0);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'port_taken'});
    expect(world.logged('held')[0]?.text).toContain('process 7 (nc)');
    world.service.stranger = false;
    world.advance(seconds(10));
    expect(world.fixes()).toHaveLength(1);
    expect(world.target().health.level).toBe('ok');
  });
});

describe('a request', () => {
  test('to pause stops checks and fixes, and to resume starts both again', () => {
    const world = healthy();
    world.dispatch({type: 'paused', at: world.now(), target: 'web'});
    const {length} = world.effects.filter(({effect}) => effect.type === 'check');
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(60));
    expect(world.fixes()).toHaveLength(0);
    expect(world.effects.filter(({effect}) => effect.type === 'check')).toHaveLength(length);
    world.dispatch({type: 'resumed', at: world.now(), target: 'web'});
    world.advance(seconds(3));
    expect(world.fixes()).toHaveLength(1);
  });

  test('to change the preset keeps counters, history and the open incident, and checks at once', () => {
    const world = healthy();
    world.service.api = 'error';
    world.advance(seconds(5));
    const {health, samples, incident} = world.target();
    world.dispatch({type: 'preset', at: world.now(), target: 'web', name: 'prod'});
    expect(world.target()).toMatchObject({
      preset: 'prod',
      policy: {intervalMs: 10_000, failureThreshold: 3},
    });
    expect(world.target().health).toEqual(health);
    expect(world.target().samples).toEqual(samples);
    expect(world.target().incident).toEqual(incident);
    expect(world.target().check).toMatchObject({state: 'idle', dueAt: world.now()});
  });

  test('by restart signal during a pause is done at resume', () => {
    const world = healthy();
    world.dispatch({type: 'paused', at: world.now(), target: 'web'});
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'signal-file'});
    expect(world.fixes()).toHaveLength(0);
    world.dispatch({type: 'resumed', at: world.now(), target: 'web'});
    expect(world.fixes()).toHaveLength(1);
    expect(world.effects.some(({effect}) => effect.type === 'consume-signal')).toBe(true);
  });

  test('to restart a target without a fix is refused, and names the options that add one', () => {
    const world = healthy({fix: 'none'});
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    world.advance(seconds(1));
    expect(world.fixes()).toHaveLength(0);
    expect(renderAll(world.target().events.at(-1)?.text)).toContain("--restart 'CMD'");
  });
});

describe('self-doubt', () => {
  test('a failed check during which agent2 stalled is inconclusive', () => {
    const world = healthy();
    world.dispatch({type: 'tick', at: world.now() + seconds(5)});
    const {epoch, health} = world.target();
    const observation = {
      kind: 'failed',
      readings: {},
      faults: [{probe: 'api', kind: 'response_timeout', text: 'no response'}],
    } as const;
    world.dispatch({
      type: 'observed',
      at: world.now() + seconds(10),
      target: 'web',
      epoch,
      startedAt: world.now() + seconds(5),
      lagMs: 4_000,
      observation,
    });
    expect(world.target().health).toEqual(health);
    expect(lastOutcome(world.target().samples)).toBe('inconclusive');
  });

  test('a clock jump moves every wait along and fails no check', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    world.service.process = 'gone-with-pid-file';
    world.advance(1_000);
    const before = world.target().repair;
    world.dispatch({type: 'clock-jumped', at: world.now(), byMs: 3_600_000});
    const after = world.target().repair;
    expect(
      before.step === 'waiting' && after.step === 'waiting' && after.untilAt - before.untilAt,
    ).toBe(3_600_000);
  });
});

test('good checks must come in a row to verify a fix', () => {
  const world = healthy({overrides: {recoveryThreshold: 2}});
  const good = () => {
    const {repair} = world.target();
    return repair.step === 'verifying' ? repair.good : undefined;
  };
  world.service.process = 'gone-with-pid-file';
  while (good() !== 1) world.advance(50);
  world.service.api = 'error';
  world.advance(seconds(1));
  expect(good()).toBe(0);
  world.service.api = 'ok';
  world.advance(seconds(2));
  expect(world.target()).toMatchObject({incident: undefined, fixes: [{result: 'success'}]});
});
