import fc from 'fast-check';
import {expect, test} from 'vitest';
import {checked} from '../../../source/core/check/checking.ts';
import type {Effect} from '../../../source/core/model/effect.ts';
import type {Observation} from '../../../source/core/model/observation.ts';
import type {TargetState} from '../../../source/core/model/target.ts';
import {render} from '../../../source/core/text/say.ts';
import {healthy, seconds} from '../../helpers/virtual/scenes.ts';

const ok: Observation = {kind: 'ok', readings: {}, latencyMs: 5};
const failed: Observation = {
  kind: 'failed',
  readings: {},
  faults: [{probe: 'api', kind: 'status_unexpected', status: 500, text: 'answered 500'}],
};

/** The notices above debug of each check, and whether the target flaps after it. */
function lifeOf(answers: readonly boolean[]) {
  let target: TargetState = healthy({fix: 'none', preset: 'prod'}).target();
  return answers.map((good, index) => {
    const at = seconds(10_000 + 10 * index);
    let effects: readonly Effect[];
    [target, effects] = checked(target, good ? ok : failed, at - 1, at);
    const told = effects.flatMap(effect =>
      effect.type === 'notify' &&
      effect.notice.kind !== 'check' &&
      effect.notice.kind !== 'heartbeat'
        ? [render(effect.notice.text)]
        : [],
    );
    return {told, flapping: target.health.flapping, recent: target.health.recent};
  });
}

/** The share of changes in the last 21 checks, the oldest weighing 0.8 and the newest 1.2. */
function shareOf(recent: readonly boolean[]): number {
  const changed = recent.slice(1).map((each, index) => each !== recent[index]);
  const weights = changed.map((_, index) => 0.8 + (0.4 * (20 - changed.length + index)) / 19);
  return changed.reduce((sum, each, index) => sum + (each ? (weights[index] ?? 0) : 0), 0) / 20;
}

test('flapping is told once when it begins and once when it ends, at a good check as at a failed one', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), {minLength: 30, maxLength: 80}), answers => {
      let before = false;
      for (const {told, flapping, recent} of lifeOf(answers)) {
        expect(told.filter(text => text.startsWith('flapping:'))).toHaveLength(
          flapping && !before ? 1 : 0,
        );
        expect(told.filter(text => text === 'no longer flapping')).toHaveLength(
          !flapping && before ? 1 : 0,
        );
        const share = shareOf(recent);
        expect(flapping).toBe(before ? share > 0.05 : share >= 0.2);
        before = flapping;
      }
    }),
  );
});

test('one failure in three is flapping, and not told failure by failure', () => {
  const life = lifeOf(Array.from({length: 40}, (_, index) => index % 3 !== 0));
  const told = life.map(({told}) => told);
  expect(told.flat().filter(text => text.startsWith('flapping:'))).toHaveLength(1);
  const begin = life.findIndex(({flapping}) => flapping);
  expect(begin).toBeLessThan(10);
  expect(told.slice(begin + 1).flat()).toEqual([]);
});

test('an outage of a target that flaps is told, and its end', () => {
  const flaps = Array.from({length: 20}, (_, index) => index % 2 === 0);
  const told = lifeOf([...flaps, false, false, false, true, true]).flatMap(({told}) => told);
  expect(told.at(-2)).toMatch(/^down: erroring/);
  expect(told.at(-1)).toMatch(/^recovered by itself/);
});
