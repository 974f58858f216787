import {describe, expect, test} from 'vitest';
import type {Failure} from '../../source/core/model/fault.ts';
import {whyLine} from '../helpers/why.ts';
import {createWorld, type World, type WorldOptions} from '../helpers/virtual/world.ts';

const api = {probe: 'api', kind: 'status_unexpected'} as const;
const NOT_FOUND: Failure = {...api, status: 404, text: 'GET /healht: status 404, expected 200'};
const GATEWAY: Failure = {
  ...api,
  status: 502,
  from: {server: 'nginx', page: 'nginx'},
  text: 'GET /health: status 502, expected 200',
};
const NO_NAME: Failure = {probe: 'api', kind: 'dns_failed', text: 'the name shop does not resolve'};
const NO_FRONT: Failure = {
  probe: 'api',
  kind: 'connect_refused',
  listensOn: [3001],
  frontEnded: 41,
  text: 'refused; process 41 has ended',
};
const UNRESOLVED: Failure = {
  ...api,
  status: 500,
  components: ['dns'],
  dependency: 'name_service',
  text: 'GET /health: status 500, expected 200; failing: dns',
};
const MAINTENANCE: Failure = {
  ...api,
  status: 503,
  retryAfterMs: 120_000,
  text: 'GET /health: status 503, expected 200',
};
const HOUR = 3_600_000;

/** A service that answers so from the beginning, or after it was good for a minute. */
function answering(answer: Failure, when: 'at first' | 'later', options: WorldOptions = {}): World {
  const world = createWorld(options);
  if (when === 'later') world.advance(60_000);
  world.service.answer = answer;
  return world;
}

const why = (world: World) => whyLine(world.target(), world.now());

describe('before the first good answer', () => {
  test('an answer that the question is wrong is told from the first check on, and never leads to a restart', () => {
    const world = createWorld();
    world.service.answer = NOT_FOUND;
    world.advance(100);
    expect(world.target().health.level).toBe('warn');
    expect(why(world)).toBe(
      'probe_wrong: GET /healht: status 404, expected 200; not restarted: it was never good yet, so the check may ask for the wrong thing',
    );
    world.advance(HOUR);
    expect(world.target().health.level).toBe('down');
    expect(why(world)).toContain('probe_wrong: GET /healht: status 404');
    expect(world.fixes()).toEqual([]);
    expect(world.logged('down').map(({text}) => text)).toEqual([
      'down: probe_wrong: GET /healht: status 404, expected 200; not restarted: it was never good yet, so the check may ask for the wrong thing',
    ]);
  });

  test('the log does not promise a restart that the answer rules out once the port is open', () => {
    const world = createWorld();
    world.service.answer = {
      probe: 'api',
      kind: 'connect_refused',
      text: 'GET /healht: connection refused',
    };
    world.advance(20_000);
    const healing = /start grace: healing waits/;
    expect(world.logged('down').map(({text}) => text)).toEqual([expect.stringMatching(healing)]);
    world.service.answer = NOT_FOUND;
    world.advance(HOUR);
    expect(world.fixes()).toEqual([]);
    expect(world.logged('change').map(({text}) => text)).toEqual([
      'still down: probe_wrong: GET /healht: status 404, expected 200; not restarted: it was never good yet, so the check may ask for the wrong thing',
    ]);
  });

  test('a child that answers so is not said to be starting', () => {
    const world = createWorld({fix: 'child', startMs: 0});
    world.service.answer = NOT_FOUND;
    world.advance(100);
    expect(why(world)).toContain('probe_wrong: GET /healht');
    world.advance(HOUR);
    expect(world.fixes()).toEqual([]);
  });

  test.each<[string, (world: World) => void]>([
    ['dead process', world => (world.service.process = 'gone-with-pid-file')],
    ['suspended process', world => (world.service.process = 'stopped')],
    ['closed port', world => (world.service.readyAt = Infinity)],
    ['status 500', world => (world.service.api = 'error')],
  ])('a %s is a reason for a restart all the same', (_, make) => {
    const world = createWorld();
    make(world);
    world.advance(60_000);
    expect(world.fixes().length).toBeGreaterThan(0);
  });

  test('an answer that fits ends it, also in the memory of agent2, until the question changes', () => {
    const world = createWorld({fingerprint: 'a'});
    world.advance(60_000);
    expect(world.target().proven).toBe(true);
    world.service.answer = NOT_FOUND;
    world.advance(60_000);
    expect(world.target().incident?.cause).toBe('refused');
    world.restartAgent();
    world.advance(60_000);
    expect(world.target().incident?.cause).toBe('refused');
    world.reload([{fingerprint: 'b'}]);
    world.advance(60_000);
    expect(world.target().incident?.cause).toBe('probe_wrong');
    world.service.answer = undefined;
    world.advance(60_000);
    expect(world.target().proven).toBe(true);
    expect(world.fixes()).toEqual([]);
  });
});

describe('of a service that was good', () => {
  test('an answer that rejects the request is down and told, and never leads to a restart', () => {
    const world = answering(NOT_FOUND, 'later');
    world.advance(HOUR);
    expect(world.target().health.level).toBe('down');
    expect(why(world)).toBe(
      'refused: GET /healht: status 404, expected 200; not restarted: it answers, and rejects the request',
    );
    expect(world.fixes()).toEqual([]);
    world.service.answer = undefined;
    world.advance(60_000);
    expect(world.target().health.level).toBe('ok');
  });

  test('it leads to restarts where the config asks for them', () => {
    const world = answering(NOT_FOUND, 'later', {healFor: ['refused']});
    world.advance(HOUR);
    expect(world.fixes().length).toBeGreaterThan(1);
  });

  test('a request of the user restarts it', () => {
    const world = answering(NOT_FOUND, 'later');
    world.advance(60_000);
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(world.fixes().length).toBe(1);
  });

  test('a crash meanwhile is healed', () => {
    const world = answering(NOT_FOUND, 'later');
    world.advance(60_000);
    world.service.process = 'gone-with-pid-file';
    world.advance(10_000);
    expect(world.fixes().length).toBe(1);
  });

  test('a maintenance page gets the time that it asks for, ten minutes at most, then the usual restart', () => {
    const world = answering(MAINTENANCE, 'later');
    world.advance(60_000);
    expect(world.target().health.level).toBe('down');
    expect(why(world)).toMatch(
      /^erroring: GET \/health: status 503, expected 200; waits 1(20|1\d) s as the service asked \(Retry-After\); 0 of 3 restarts used/,
    );
    world.advance(9 * 60_000 - 10_000);
    expect(world.fixes()).toEqual([]);
    world.advance(30_000);
    expect(world.fixes().length).toBe(1);
  });

  test('a crash during the maintenance is healed at once', () => {
    const world = answering(MAINTENANCE, 'later');
    world.advance(60_000);
    world.service.process = 'gone-with-pid-file';
    world.advance(2_000);
    expect(world.fixes().length).toBe(1);
  });
});

describe.each([
  ['a proxy that does not reach what is behind it', GATEWAY],
  ['a name that does not resolve', NO_NAME],
  ['a service that cannot resolve a name', UNRESOLVED],
  ['the end of the proxy in front', NO_FRONT],
])('%s', (_, answer) => {
  test.each(['at first', 'later'] as const)(
    'gets one attempt, and is then held until it is good: %s',
    when => {
      const world = answering(answer, when);
      world.advance(5 * HOUR);
      expect(world.fixes().length).toBe(1);
      expect(world.target().repair).toMatchObject({step: 'held', reason: 'elsewhere'});
      expect(why(world)).toContain('a restart does not mend that: it recovers with its cause');
      expect(world.logged('held').length).toBe(1);
      world.service.answer = undefined;
      world.advance(60_000);
      expect(world.target().repair.step).toBe('idle');
      expect(world.target().health.level).toBe('ok');
      expect(world.fixes().length).toBe(1);
    },
  );

  test('leaves a hold when the service itself fails', () => {
    const world = answering(answer, 'later');
    world.advance(10 * 60_000);
    world.service.process = 'gone-with-pid-file';
    world.advance(5_000);
    expect(world.fixes().length).toBe(2);
  });

  test('is healed on request, also while held, and is held again', () => {
    const world = answering(answer, 'later');
    world.advance(10 * 60_000);
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(world.fixes().length).toBe(2);
    world.advance(HOUR);
    expect(world.fixes().length).toBe(2);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'elsewhere'});
  });

  test('stays held across a restart of agent2', () => {
    const world = answering(answer, 'later');
    world.advance(10 * 60_000);
    world.restartAgent();
    world.advance(HOUR);
    expect(world.fixes().length).toBe(1);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'elsewhere'});
  });

  test('is healed as often as any other where the config asks for it', () => {
    const world = answering(answer, 'later', {healFor: ['elsewhere']});
    world.advance(HOUR);
    expect(world.fixes().length).toBeGreaterThan(2);
  });
});

describe('a service whose disk is full', () => {
  const withFullDisk = (options: WorldOptions = {}) => {
    const world = createWorld(options);
    world.advance(60_000);
    world.observe(({effects}) => {
      for (const effect of effects)
        if (effect.type === 'fix' && effect.request.gather) noted.push(effect.request.attempt);
    });
    const noted: number[] = [];
    world.service.api = 'error';
    world.service.restartsInto = 'broken';
    world.advance(30_000);
    const [attempt] = noted;
    if (attempt === undefined) throw new Error('no evidence was asked for');
    const evidence = {at: world.now(), facts: [], texts: [], found: ['disk_full'] as const};
    world.dispatch({type: 'evidence', at: world.now(), target: 'web', attempt, evidence});
    return world;
  };

  test('gets one attempt, is held for that, and gets another one in half an hour', () => {
    const world = withFullDisk();
    world.advance(20 * 60_000);
    expect(world.fixes().length).toBe(1);
    expect(world.target().repair).toMatchObject({step: 'held', reason: 'elsewhere'});
    expect(why(world)).toMatch(
      /^held \(erroring: status 500, beside it disk_full\); a restart does not mend that: it recovers with its cause; next attempt in 1\d min/,
    );
    world.advance(15 * 60_000);
    expect(world.fixes().length).toBe(2);
    world.service.api = 'ok';
    world.advance(60_000);
    expect(world.target().health.level).toBe('ok');
  });

  test('is restarted as often as any other where the config asks for it', () => {
    const world = withFullDisk({healFor: ['elsewhere']});
    world.advance(20 * 60_000);
    expect(world.fixes().length).toBeGreaterThan(2);
  });
});

describe('a restart command that only reloads', () => {
  const stopsFirst = (world: World) =>
    world.fixes().map(({effect}) => effect.type === 'fix' && effect.request.stopFirst);

  test('is told as one, and the process that it leaves is not ended', () => {
    const world = createWorld();
    world.advance(60_000);
    Object.assign(world.service, {api: 'error', restartsInto: 'unchanged'});
    world.advance(20 * 60_000);
    expect(stopsFirst(world).length).toBeGreaterThan(1);
    expect(stopsFirst(world)).not.toContain(true);
    expect(world.logged('fix').map(({text}) => text)).toContainEqual(
      expect.stringMatching(/; the restart left process \d+ running, as a reload does$/),
    );
  });

  test('is no help for one that hangs, which is ended at the second attempt', () => {
    const world = createWorld();
    world.advance(60_000);
    Object.assign(world.service, {api: 'hung', restartsInto: 'unchanged'});
    world.advance(20 * 60_000);
    expect(stopsFirst(world).slice(0, 2)).toEqual([false, true]);
  });
});
