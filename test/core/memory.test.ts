import {describe, expect, test} from 'vitest';
import type {Evidence} from '../../source/core/model/evidence.ts';
import type {TargetState} from '../../source/core/model/target.ts';
import {memoriesFrom} from '../helpers/documents.ts';
import {createWorld, type World, type WorldOptions} from '../helpers/virtual/world.ts';
import {renderAll} from '../../source/core/text/say.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

function healthy(options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.advance(seconds(12));
  expect(world.target().health.level).toBe('ok');
  return world;
}

/** Crashed, and its fix does what `into` says. */
function crashed(into: 'healthy' | 'fails', options: WorldOptions = {}): World {
  const world = healthy(options);
  world.service.restartsInto = into;
  world.service.process = 'gone-with-pid-file';
  return world;
}

const verdicts = ({fixes}: TargetState) => fixes.map(({verdict}) => verdict);
const ask = (world: World) =>
  world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});

describe('after a restart of agent2', () => {
  test('a held target stays held, is not logged again, and gets its attempt at the same time', () => {
    const world = crashed('fails');
    world.advance(seconds(25));
    const held = world.target().repair;
    expect(held).toMatchObject({step: 'held', reason: 'budget'});
    world.restartAgent({offMs: seconds(10)});
    expect(world.target().repair).toEqual(held);
    world.advance(seconds(40));
    expect(world.fixes()).toHaveLength(3);
    expect(world.logged('held')).toHaveLength(1);
    expect(world.logged('down')).toHaveLength(1);
    world.advance(seconds(20));
    expect(world.fixes()).toHaveLength(4);
    // The next pause is twice as long, also after another restart of agent2.
    world.restartAgent();
    world.advance(seconds(110));
    expect(world.fixes()).toHaveLength(4);
    world.advance(seconds(20));
    expect(world.fixes()).toHaveLength(5);
  });

  test('a target that is still down is logged once, with the next step', () => {
    const world = crashed('fails');
    world.advance(seconds(25));
    const stillDown = () =>
      world.logged('change').filter(({text}) => text.startsWith('still down: '));
    expect(stillDown()).toEqual([]);
    world.restartAgent();
    world.advance(minutes(10));
    expect(stillDown()).toEqual([
      expect.objectContaining({
        level: 'error',
        text: expect.stringMatching(
          /^still down: held \(crashed: .*\); next attempt in \d+ s/,
        ) as string,
      }),
    ]);
  });

  test('a target held for a stranger on the port has no next attempt, and is healed when the stranger leaves', () => {
    const world = healthy();
    world.service.stranger = true;
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(10));
    world.restartAgent();
    expect(world.target().repair).toMatchObject({
      step: 'held',
      reason: 'port_taken',
      nextAttemptAt: Infinity,
    });
    world.service.stranger = false;
    world.advance(minutes(1));
    expect(world.target().health.level).toBe('ok');
    expect(world.fixes()).toHaveLength(1);
  });

  test('an open incident keeps its number and attempts, and its recovery is logged once', () => {
    const world = crashed('fails');
    world.advance(seconds(3));
    expect(world.target()).toMatchObject({
      attempts: 1,
      incident: {number: 1, fixes: 1, down: true},
    });
    world.restartAgent();
    expect(world.target()).toMatchObject({
      attempts: 1,
      incident: {number: 1, fixes: 1, down: true},
      health: {level: 'down'},
    });
    world.service.restartsInto = 'healthy';
    world.advance(minutes(2));
    expect(world.logged('down')).toHaveLength(1);
    expect(world.logged('recovered')).toHaveLength(1);
    expect(world.target()).toMatchObject({incidentCount: 1, incidents: [{number: 1, fixes: 2}]});
  });

  test('a target that was down needs the usual number of good checks', () => {
    const world = healthy({preset: 'prod', fix: 'none', overrides: {intervalMs: seconds(5)}});
    world.service.api = 'error';
    world.advance(seconds(30));
    expect(world.target().health.level).toBe('down');
    world.service.api = 'ok';
    world.restartAgent();
    world.advance(100);
    expect(world.target()).toMatchObject({
      health: {level: 'down', successes: 1},
      incident: {number: 1},
    });
    world.advance(seconds(6));
    expect(world.target()).toMatchObject({health: {level: 'ok'}, incident: undefined});
  });

  test('an attempt whose end agent2 did not see counts, and its record says so', () => {
    const world = crashed('healthy', {fixMs: seconds(5)});
    world.advance(seconds(1));
    expect(world.target().repair.step).toBe('fixing');
    world.restartAgent({fixGoesOn: false});
    expect(renderAll(world.target())).toMatchObject({
      attempts: 1,
      fixes: [
        {
          result: 'failed',
          detail: expect.stringContaining('before the outcome was known') as string,
        },
      ],
    });
    world.advance(minutes(2));
    expect(world.fixes()).toHaveLength(2);
  });

  test('a requested restart whose end agent2 did not see is followed by the backoff, too', () => {
    const world = healthy({fixMs: seconds(5)});
    ask(world);
    const requestedAt = world.now();
    world.advance(200);
    world.restartAgent({fixGoesOn: false});
    world.advance(300);
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(1));
    const [, again] = world.fixes();
    expect(again?.at).toBeGreaterThanOrEqual(requestedAt + world.target().policy.backoff.baseMs);
  });

  test('a pending restart signal keeps its result, and its record says that agent2 did not see the end', () => {
    const world = crashed('healthy', {fix: 'signal'});
    world.service.consumer = 'absent';
    world.advance(seconds(3));
    world.restartAgent();
    expect(renderAll(world.target().fixes)).toMatchObject([
      {
        result: 'signal_created',
        detail: expect.stringContaining('before the outcome was known') as string,
      },
    ]);
  });

  test('backoff is reset only by healthy minutes, not by an old last attempt', () => {
    const world = crashed('fails');
    world.advance(seconds(40));
    world.service.process = 'alive';
    world.service.pid = 900;
    world.advance(minutes(1));
    expect(world.target()).toMatchObject({attempts: 3, incident: undefined});
    world.restartAgent();
    expect(world.target().attempts).toBe(3);
    world.restartAgent({offMs: minutes(30)});
    expect(world.target().attempts).toBe(3);
    world.advance(minutes(6));
    world.restartAgent();
    expect(world.target().attempts).toBe(0);
  });

  test('a clock that went back loses nothing, and makes no hold longer than half an hour', () => {
    const world = crashed('fails');
    world.advance(minutes(50));
    const memory = memoriesFrom(world.memory())?.get('web');
    expect(memory?.held).toBeDefined();
    world.restartAgent({offMs: -minutes(20)});
    expect(world.target().attemptTimes.slice(-1)).toEqual([world.now()]);
    expect(world.target().attemptTimes.every(time => time <= world.now())).toBe(true);
    expect(world.target().repair).toMatchObject({
      step: 'held',
      nextAttemptAt: world.now() + minutes(30),
    });
  });

  test.each(['{"version":1,"targ', '[]', '{"version":99,"targets":{}}', ''])(
    'the text %j is no memory',
    text => {
      expect(memoriesFrom(text)).toBeUndefined();
    },
  );
});

describe('the ledger', () => {
  test('counts a fix as healed after ten healthy minutes, not before', () => {
    const world = crashed('healthy');
    world.advance(minutes(10));
    expect(verdicts(world.target())).toEqual([undefined]);
    world.advance(seconds(10));
    expect(verdicts(world.target())).toEqual(['healed']);
    expect(world.target().ledger).toEqual({
      crashed: {'healed': 1, 'relapsed': 0, 'no effect': 0, 'unneeded': 0},
    });
  });

  test('counts a fix as relapsed when the target is down again before that', () => {
    const world = crashed('healthy');
    world.advance(minutes(5));
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(15));
    expect(verdicts(world.target())).toEqual(['relapsed', 'healed']);
    expect(world.target().ledger).toMatchObject({crashed: {relapsed: 1, healed: 1}});
  });

  test('counts no fix as relapsed when another failure follows', () => {
    const world = crashed('healthy');
    for (const api of ['hung', 'error', 'down'] as const) {
      world.advance(minutes(1));
      world.service.api = api;
      world.advance(seconds(20));
    }
    world.advance(minutes(11));
    expect(verdicts(world.target())).toEqual(['healed', 'healed', 'healed', 'healed']);
  });

  test('counts a fix as relapsed when the same failure is back within ten minutes, with another one between', () => {
    const world = crashed('healthy');
    world.advance(minutes(2));
    world.service.api = 'error';
    world.advance(minutes(2));
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(15));
    expect(verdicts(world.target())).toEqual(['relapsed', 'healed', 'healed']);
  });

  test('counts a fix as relapsed also when a requested restart brought the target down', () => {
    const world = crashed('healthy');
    world.advance(minutes(1));
    world.service.restartsInto = 'dying';
    ask(world);
    world.advance(seconds(2));
    expect(verdicts(world.target()).slice(0, 2)).toEqual(['relapsed', 'no effect']);
  });

  test('counts a failed fix as without effect', () => {
    const world = crashed('fails');
    world.advance(seconds(3));
    expect(world.target().ledger).toMatchObject({crashed: {'no effect': 1}});
  });

  test('counts a fix as unneeded when the target recovered before anything acted', () => {
    const world = healthy({fix: 'signal'});
    world.service.consumer = 'absent';
    world.service.api = 'error';
    world.advance(seconds(8));
    world.service.api = 'ok';
    world.advance(seconds(2));
    expect(world.target().ledger).toMatchObject({erroring: {unneeded: 1}});
  });

  test('and backoff do not count a pause as healthy time', () => {
    const world = crashed('healthy');
    world.advance(seconds(5));
    world.dispatch({type: 'paused', at: world.now(), target: 'web'});
    world.advance(minutes(30));
    world.dispatch({type: 'resumed', at: world.now(), target: 'web'});
    world.advance(seconds(5));
    expect(verdicts(world.target())).toEqual([undefined]);
    world.service.process = 'gone-with-pid-file';
    world.advance(seconds(5));
    expect(world.target().attempts).toBe(2);
  });

  test('and backoff do not count minutes of being down as healthy', () => {
    const world = crashed('healthy');
    world.advance(seconds(8));
    world.dispatch({type: 'observing', at: world.now(), target: 'web', on: true});
    world.service.process = 'gone-with-pid-file';
    world.advance(minutes(15));
    expect(verdicts(world.target())).toEqual(['relapsed']);
    world.dispatch({type: 'observing', at: world.now(), target: 'web', on: false});
    world.advance(seconds(10));
    expect(world.target().attempts).toBe(2);
  });

  test('continues after a restart of agent2', () => {
    const world = crashed('healthy');
    world.advance(minutes(2));
    world.restartAgent();
    world.advance(minutes(11));
    expect(verdicts(world.target())).toEqual(['healed']);
  });
});

describe('a requested restart that failed', () => {
  test('of a healthy target gets an incident number of its own, which no later incident reuses', () => {
    const world = healthy();
    world.service.restartsInto = 'fails';
    ask(world);
    world.advance(seconds(10));
    expect(world.target()).toMatchObject({
      incident: undefined,
      incidentCount: 1,
      incidents: [{number: 1, fixes: 1}],
    });
    world.service.api = 'error';
    world.advance(seconds(4));
    expect(world.target().incident?.number).toBe(2);
  });

  test('is followed by attempts for the cause that checks saw, not for the request', () => {
    const world = healthy();
    world.service.restartsInto = 'dying';
    ask(world);
    world.advance(seconds(20));
    expect(
      world
        .target()
        .fixes.map(({cause}) => cause)
        .slice(0, 2),
    ).toEqual(['manual', 'crashed']);
  });
});

describe('evidence', () => {
  const evidence: Evidence = {
    at: 0,
    facts: [{label: 'fds', text: '1024 of 1024'}],
    texts: [],
    found: ['out_of_fds'],
  };

  test('is kept with the incident, shown in the story, and archived with it', () => {
    const world = crashed('healthy');
    world.advance(410);
    const [fix] = world.fixes();
    expect(fix?.effect).toMatchObject({request: {gather: true, attempt: 1}});
    world.dispatch({type: 'evidence', at: world.now(), target: 'web', attempt: 1, evidence});
    expect(world.target().incident?.evidence).toEqual(evidence);
    world.advance(seconds(10));
    expect(world.target().incidents.at(-1)?.evidence).toEqual(evidence);
    expect(memoriesFrom(world.memory())?.get('web')?.incidents.at(-1)?.evidence).toEqual(evidence);
  });

  test('of another attempt is dropped, and the first found evidence is kept', () => {
    const world = crashed('fails', {fixMs: seconds(2)});
    world.advance(410);
    world.dispatch({type: 'evidence', at: world.now(), target: 'web', attempt: 9, evidence});
    expect(world.target().incident?.evidence).toBeUndefined();
    world.dispatch({type: 'evidence', at: world.now(), target: 'web', attempt: 1, evidence});
    world.dispatch({
      type: 'evidence',
      at: world.now(),
      target: 'web',
      attempt: 1,
      evidence: {...evidence, found: []},
    });
    expect(world.target().incident?.evidence).toEqual(evidence);
    world.advance(seconds(10));
    expect(world.fixes()[1]?.effect).toMatchObject({request: {gather: false}});
  });
});
