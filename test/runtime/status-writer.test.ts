import {describe, expect, test} from 'vitest';
import type {Clock} from '../../source/contracts/clock.ts';
import type {State} from '../../source/core/model/state.ts';
import type {TargetState} from '../../source/core/model/target.ts';
import {createStatusWriter} from '../../source/runtime/status-writer.ts';
import {downTarget, fix, healthyTarget, named, stateOfAll} from '../helpers/states.ts';
import {findTarget, withTarget} from '../../source/core/targets.ts';

const LARGE = 1_000_000;

describe('the status file', () => {
  test('waits a second after a check, but not after a request', () => {
    const {writer, saved, clock} = writing();
    const before = states();
    writer.write(before);
    const after = checked(before);
    writer.write(after);
    expect(saved).toEqual([before]);
    const asked = changed(after, {paused: true});
    writer.write(asked);
    expect(saved).toEqual([before, asked]);
    clock.advance(1_000);
    expect(saved).toHaveLength(2);
  });

  test('shows a restart that somebody asked for as soon as its outcome is known', () => {
    const {writer, saved} = writing();
    const before = states();
    writer.write(before);
    const failed = changed(before, {
      fixes: [fix({cause: 'manual', issue: 'manual restart', result: 'failed'})],
    });
    writer.write(failed);
    expect(saved).toEqual([before, failed]);
    writer.write(changed(failed, {fixes: [fix({cause: 'crashed'})]}));
    expect(saved).toHaveLength(2);
  });

  test('is written with the last state once its second is over', () => {
    const {writer, saved, clock} = writing();
    const first = states();
    const [second, third] = [checked(first), checked(checked(first))];
    for (const state of [first, second, third]) writer.write(state);
    clock.advance(999);
    expect(saved).toEqual([first]);
    clock.advance(1);
    expect(saved).toEqual([first, third]);
  });

  test('that is large waits longer for the figures of good checks, and a second for news', () => {
    const {writer, saved, clock} = writing(LARGE);
    const first = states();
    const figures = checked(first);
    writer.write(first);
    writer.write(figures);
    clock.advance(3_000);
    expect(saved).toEqual([first]);
    clock.advance(1_000);
    expect(saved).toEqual([first, figures]);
    const more = checked(figures);
    writer.write(more);
    clock.advance(500);
    const down = withTarget(more, downTarget());
    writer.write(down);
    expect(saved).toHaveLength(2);
    clock.advance(500);
    expect(saved).toEqual([first, figures, down]);
  });

  test('of any size waits at most ten seconds, after which it would seem stuck', () => {
    const {writer, saved, clock} = writing(1_000 * LARGE);
    const first = states();
    writer.write(first);
    writer.write(checked(first));
    clock.advance(10_000);
    expect(saved).toHaveLength(2);
  });

  test('that is large is prepared target by target as each changes', () => {
    const {writer, prepared} = writing(LARGE);
    const first = states();
    writer.write(first);
    expect(prepared).toEqual([]);
    writer.write(checked(first));
    expect(prepared).toEqual([web.settings.name]);
  });

  test('is written at once when the monitor stops', () => {
    const {writer, saved} = writing(LARGE);
    const first = states();
    const ended: State = {...first, status: 'stopped'};
    writer.write(first);
    writer.write(ended);
    expect(saved).toEqual([first, ended]);
  });

  test('is written again after ten seconds without a write', () => {
    const {writer, saved, clock} = writing();
    const state = states();
    writer.write(state);
    clock.advance(9_999);
    writer.refresh(state);
    expect(saved).toHaveLength(1);
    clock.advance(1);
    writer.refresh(state);
    expect(saved).toHaveLength(2);
  });
});

const web = healthyTarget();

function states(): State {
  return stateOfAll([web, named('other', healthyTarget())]);
}

function changed(state: State, change: Partial<TargetState>): State {
  return withTarget(state, {...(findTarget(state, web.settings.name) ?? web), ...change});
}

/** The figures of one more good check. */
function checked(state: State): State {
  const {health} = findTarget(state, web.settings.name) ?? web;
  return changed(state, {health: {...health, totalChecks: health.totalChecks + 1}});
}

function writing(bytes = 1_000) {
  const clock = createClock();
  const saved: State[] = [];
  const prepared: string[] = [];
  const writer = createStatusWriter(
    clock,
    {
      save(state) {
        saved.push(state);
        return bytes;
      },
      prepare: (_, target) => void prepared.push(target.settings.name),
    },
    () => {},
  );
  return {writer, saved, prepared, clock};
}

function createClock(): Clock & {advance(ms: number): void} {
  let now = 1_000;
  const timers = new Set<{readonly at: number; readonly run: () => void}>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = {at: now + ms, run};
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    takeJump: () => undefined,
    advance(ms) {
      now += ms;
      for (const timer of [...timers].filter(({at}) => at <= now)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}
