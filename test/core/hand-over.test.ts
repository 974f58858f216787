import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {stateText} from '../../source/documents/control/state.ts';
import {stateFrom} from '../helpers/documents.ts';
import {handOverBlocker, resumedFrom} from '../../source/core/hand-over.ts';
import type {State} from '../../source/core/model/state.ts';
import type {TargetState} from '../../source/core/model/target.ts';
import {update} from '../../source/core/update.ts';
import {live, setups, shapes, timelines} from '../helpers/virtual/timeline.ts';
import {createWorld, type World} from '../helpers/virtual/world.ts';
import {targetsOf} from '../../source/core/targets.ts';

/** Down with its budget spent: held. */
function heldWorld(): World {
  const world = createWorld({preset: 'dev'});
  world.advance(10_000);
  world.service.restartsInto = 'fails';
  world.service.process = 'gone';
  world.advance(120_000);
  expect(world.target().repair.step).toBe('held');
  return world;
}

const startsOf = (state: State) =>
  targetsOf(state).map(({settings, preset, observing}) => ({settings, preset, observing}));

/** What people see of a target, and what decides about its future, but what the hand-over has to change. */
function lasting({
  epoch: _,
  check: __,
  uptime,
  repair,
  graceUntil: ___,
  goneSince: ____,
  healthySince: _____,
  blockedBy: ______,
  ...rest
}: TargetState) {
  const {seenAt: _______, ...counted} = uptime;
  return {...rest, counted, step: repair.step === 'fixing' ? 'verifying' : repair.step};
}

describe('a loop that is handed over', () => {
  test('keeps everything that people see, and ignores results from before', () => {
    fc.assert(
      fc.property(
        setups(shapes['a service and what depends on it']),
        timelines(),
        fc.integer({min: 0, max: 60_000}),
        (setup, commands, offMs) => {
          const world = live(setup, commands, () => undefined);
          const before = world.state();
          const [left] = update(before, {type: 'let-go', at: world.now()});
          const [after] = update(
            resumedFrom(stateFrom(stateText(left)) as State, startsOf(before)) as State,
            {type: 'taken-over', at: world.now() + offMs},
          );
          expect(targetsOf(after).map(lasting)).toEqual(targetsOf(before).map(lasting));
          expect([after.startedAt, after.healBudget, after.letGoAt]).toEqual([
            before.startedAt,
            before.healBudget,
            undefined,
          ]);
          for (const [index, target] of targetsOf(after).entries()) {
            expect(target.epoch).toBeGreaterThan(targetsOf(before)[index]?.epoch ?? Infinity);
            expect(target.check).toMatchObject({state: 'idle'});
            if (!target.paused)
              expect((target.check as {dueAt: number}).dueAt - world.now() - offMs).toBeLessThan(
                1_000,
              );
          }
        },
      ),
      {numRuns: 60, interruptAfterTimeLimit: 1_500, seed: 7},
    );
  });

  test('stays held, with the time of its next attempt, its incident and its streak', () => {
    const world = heldWorld();
    const before = world.target();
    expect(world.handOver({offMs: 700})).toBe(true);
    expect(world.target()).toMatchObject({
      repair: before.repair,
      incident: before.incident,
      health: before.health,
      attemptTimes: before.attemptTimes,
      fixCount: before.fixCount,
    });
    const fixes = world.fixes().length;
    world.advance(60_000);
    expect(world.fixes().length).toBe(fixes);
    expect(world.target().health.totalChecks).toBeGreaterThan(before.health.totalChecks);
  });

  test('continues a verification, extended by the lost time', () => {
    const world = createWorld({preset: 'test', startMs: 20_000});
    world.advance(10_000);
    world.service.process = 'gone-with-pid-file';
    world.advance(3_000);
    const {repair} = world.target();
    expect(repair.step).toBe('verifying');
    world.handOver({offMs: 25_000});
    expect(world.target().repair).toMatchObject({
      step: 'verifying',
      untilAt: (repair as {untilAt: number}).untilAt + 25_000,
    });
    world.advance(15_000);
    expect(world.target().fixes.map(({result}) => result)).toEqual(['success']);
    expect(world.fixes()).toHaveLength(1);
  });

  test('does not count the time between as observed', () => {
    const world = createWorld({preset: 'dev'});
    world.advance(60_000);
    const {observedMs} = world.target().uptime;
    world.handOver({offMs: 30_000});
    world.advance(10_000);
    expect(world.target().uptime.observedMs).toBeLessThan(observedMs + 11_000);
  });

  test('is not released during a fix', () => {
    const world = createWorld({preset: 'dev', fixMs: 5_000});
    world.advance(10_000);
    world.service.process = 'gone';
    world.advance(2_500);
    expect(handOverBlocker(world.state())).toEqual('the fix of web is under way');
    expect(world.handOver()).toBe(false);
    world.advance(10_000);
    expect(handOverBlocker(world.state())).toBeUndefined();
  });

  test('decides nothing while released, and continues when no process takes it', () => {
    const world = heldWorld();
    const before = world.state();
    world.dispatch({type: 'let-go', at: world.now()});
    const left = world.state();
    world.dispatch({type: 'tick', at: world.now() + 60_000});
    world.dispatch({type: 'restart-requested', at: world.now(), target: 'web', by: 'user'});
    expect(world.state()).toBe(left);
    world.dispatch({type: 'taken-over', at: world.now() + 5_000});
    expect(targetsOf(world.state()).map(lasting)).toEqual(targetsOf(before).map(lasting));
    expect(world.state().status).toBe('monitoring');
  });

  test('is not taken over by a process with other settings', () => {
    const world = createWorld({preset: 'dev', fingerprint: 'a'});
    const [left] = update(world.state(), {type: 'let-go', at: world.now()});
    const [start] = startsOf(left);
    const changed = start && {...start, settings: {...start.settings, fingerprint: 'b'}};
    expect(resumedFrom(left, changed ? [changed] : [])).toBeUndefined();
    expect(resumedFrom(left, [])).toBeUndefined();
    expect(resumedFrom(world.state(), startsOf(left))).toBeUndefined();
  });
});
