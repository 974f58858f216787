import {describe, expect, test} from 'vitest';
import {whyLine} from '../helpers/why.ts';
import {createWorld, type TargetOptions, type World} from '../helpers/virtual/world.ts';
import {targetsOf} from '../../source/core/targets.ts';

const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

const web = {name: 'web', fingerprint: '1'} satisfies TargetOptions;
const db = {name: 'db', fingerprint: '1'} satisfies TargetOptions;

function healthy(targets: readonly TargetOptions[] = [web, db]): World {
  const world = createWorld({targets});
  world.advance(seconds(12));
  return world;
}

describe('a changed config', () => {
  test('leaves unchanged targets the same objects', () => {
    const world = healthy();
    const before = world.target('web');
    world.reload([web, {...db, fingerprint: '2'}]);
    expect(world.target('web')).toBe(before);
    expect(world.notices.at(-1)?.text).toBe('config reloaded: changed db; 1 unchanged');
  });

  test('keeps what people chose by key, unless the file changed that setting', () => {
    const world = healthy();
    world.dispatch({type: 'observing', at: world.now(), target: 'web', on: true});
    world.dispatch({type: 'preset', at: world.now(), target: 'web', name: 'prod'});
    world.reload([{...web, fingerprint: '2'}, db]);
    expect(world.target('web')).toMatchObject({observing: true, preset: 'prod'});
    world.reload([{...web, fingerprint: '3', preset: 'dev', observing: true}, db]);
    expect(world.target('web')).toMatchObject({observing: true, preset: 'dev'});
    world.reload([{...web, fingerprint: '4', preset: 'dev'}, db]);
    expect(world.target('web')).toMatchObject({observing: false, preset: 'dev'});
  });

  test('keeps the fixes, the budget and the incident of a changed target', () => {
    const world = healthy();
    world.serviceOf('web').restartsInto = 'fails';
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.advance(seconds(10));
    const {fixes, attemptTimes, incident, ledger, attempts} = world.target('web');
    expect(fixes).toHaveLength(2);
    world.reload([{...web, fingerprint: '2', preset: 'prod'}, db]);
    expect(world.target('web')).toMatchObject({
      fixes,
      attemptTimes,
      incident,
      ledger,
      attempts,
      preset: 'prod',
    });
    world.advance(minutes(3));
    expect(world.fixes('web')).toHaveLength(3);
    expect(world.target('web').repair).toMatchObject({step: 'held', reason: 'budget'});
    expect(world.logged('down', 'web')).toHaveLength(1);
  });

  test('gives a held and corrected target one attempt at once', () => {
    const world = healthy();
    world.serviceOf('web').restartsInto = 'fails';
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.advance(minutes(4));
    expect(world.target('web').repair).toMatchObject({step: 'held', reason: 'budget'});
    const count = world.fixes('web').length;
    world.reload([web, {...db, fingerprint: '2'}]);
    world.advance(minutes(2));
    expect(world.fixes('web')).toHaveLength(count);
    world.reload([
      {...web, fingerprint: '2'},
      {...db, fingerprint: '2'},
    ]);
    world.advance(minutes(2));
    expect(world.fixes('web')).toHaveLength(count + 1);
    expect(world.target('web').repair).toMatchObject({step: 'held', reason: 'budget'});
    world.serviceOf('web').restartsInto = 'healthy';
    world.reload([
      {...web, fingerprint: '3'},
      {...db, fingerprint: '2'},
    ]);
    world.advance(minutes(2));
    expect(world.target('web').health.level).toBe('ok');
  });

  test('cancels the check and the fix of a changed target, and counts that fix', () => {
    const world = healthy([{...web, fixMs: seconds(10)}, db]);
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.advance(seconds(1));
    expect(world.target('web').repair.step).toBe('fixing');
    const {epoch} = world.target('web');
    world.reload([{...web, fingerprint: '2'}, db]);
    expect(world.target('web')).toMatchObject({
      epoch: epoch + 1,
      fixCount: 1,
      attempts: 1,
      fixes: [{result: 'failed'}],
    });
    world.advance(minutes(2));
    expect(world.target('web').health.level).toBe('ok');
    expect(world.fixes('web')).toHaveLength(2);
  });

  test('keeps a pause, and a restart requested in it', () => {
    const world = healthy();
    world.dispatch({type: 'paused', at: world.now(), target: 'web'});
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'signal-file'});
    world.reload([{...web, fingerprint: '2'}, db]);
    world.advance(minutes(1));
    expect(world.target('web').paused).toBe(true);
    expect(world.target('web').lastCheck).toBeUndefined();
    world.dispatch({type: 'resumed', at: world.now(), target: 'web'});
    expect(world.fixes('web')).toHaveLength(1);
  });

  test('cancels the check and the fix of a removed target, whose late results change nothing', () => {
    const world = healthy([{...web, fixMs: seconds(10)}, db]);
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.advance(seconds(1));
    const seen = world.effects.length;
    world.reload([db]);
    expect(
      world.effects
        .slice(seen)
        .flatMap(({effect}) => ('target' in effect ? [`${effect.type} ${effect.target}`] : [])),
    ).toEqual(['cancel-check web', 'cancel-fix web']);
    const before = world.state();
    world.dispatch({
      type: 'fix-finished',
      at: world.now(),
      target: 'web',
      attempt: 1,
      outcome: {kind: 'done', detail: ''},
    });
    expect(world.state()).toBe(before);
    expect(targetsOf(before).map(({settings}) => settings.name)).toEqual(['db']);
  });

  test('gives a new target its start grace, and checks it at once', () => {
    const world = healthy([db]);
    world.reload([db, {...web, fix: 'command'}]);
    world.serviceOf('web').readyAt = world.now() + seconds(20);
    world.advance(seconds(15));
    expect(world.target('web').health.totalFailures).toBeGreaterThan(0);
    expect(whyLine(world.target('web'), world.now())).toContain('start grace');
    world.advance(seconds(10));
    expect(world.fixes('web')).toHaveLength(0);
    expect(world.target('web').health.level).toBe('ok');
  });

  test('changes the heal budget', () => {
    const world = healthy();
    world.reload([web, db], {count: 1, windowMs: minutes(10)});
    world.serviceOf('web').process = 'gone-with-pid-file';
    world.serviceOf('db').process = 'gone-with-pid-file';
    world.advance(minutes(1));
    expect(world.fixes()).toHaveLength(1);
  });
});

describe('a clock that jumps forth or back', () => {
  const hour = minutes(60);
  /** How a target comes to each step of a repair. */
  const steps: Readonly<Record<string, (world: World) => void>> = {
    looking: world => {
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'looking') world.advance(10);
    },
    settling: world => {
      world.service.process = 'gone';
      while (world.target().repair.step !== 'settling') world.advance(10);
    },
    fixing: world => {
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'fixing') world.advance(10);
    },
    verifying: world => {
      world.service.startMs = seconds(10);
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'verifying') world.advance(10);
    },
    waiting: world => {
      world.service.restartsInto = 'fails';
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'waiting') world.advance(10);
      world.service.restartsInto = 'healthy';
    },
    held: world => {
      world.service.restartsInto = 'fails';
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'held') world.advance(10);
      world.service.restartsInto = 'healthy';
    },
    deferred: world => {
      world.serviceOf('db').api = 'error';
      world.advance(seconds(10));
      world.service.process = 'gone-with-pid-file';
      while (world.target().repair.step !== 'deferred') world.advance(10);
      world.serviceOf('db').api = 'ok';
    },
  };

  const until = (world: World, limit: number) => {
    const from = world.elapsed();
    while (world.target().incident && world.elapsed() - from < limit) world.advance(50);
    return world.elapsed() - from;
  };

  test.each(Object.keys(steps).flatMap(step => [hour, -hour].map(byMs => [step, byMs] as const)))(
    'while %s, by %i ms, neither hastens nor delays the repair',
    (step, byMs) => {
      const [plain, jumped] = [0, byMs].map(ms => {
        const world = healthy([
          {...web, dependsOn: ['db']},
          {...db, fix: 'none'},
        ]);
        steps[step]?.(world);
        expect(world.target().repair.step).toBe(step);
        if (ms !== 0) world.jump(ms);
        return {
          took: until(world, minutes(40)),
          fixes: world.fixes().length,
          level: world.target().health.level,
        };
      });
      expect(plain?.level).toBe('ok');
      expect({...jumped, took: 0}).toEqual({...plain, took: 0});
      // Who is looked at anew is looked at a moment later.
      expect(Math.abs((jumped?.took ?? 0) - (plain?.took ?? 0))).toBeLessThanOrEqual(
        seconds(step === 'held' ? 6 : 2),
      );
    },
  );
});
