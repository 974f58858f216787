import {expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import {initialState} from '../../source/core/initial.ts';
import type {State} from '../../source/core/model/state.ts';
import {update} from '../../source/core/update.ts';
import {createPulse} from '../../source/runtime/pulse.ts';
import {withFix} from '../helpers/with-fix.ts';

const settings = {
  name: 'web',
  address: '',
  ...withFix('none'),
  local: true,
  overrides: {},
  dependsOn: [],
  notFor: [],
  fingerprint: '',
};
const monitoring = (): State =>
  update(initialState([{settings, preset: 'dev', observing: false}], presets, 0), {
    type: 'started',
    at: 0,
  })[0];

test('a working loop feeds the watchdog in time, and no more often', () => {
  const pulse = createPulse(3_000);
  let state = monitoring();
  const fed = Array.from({length: 13}, (_, second) => {
    state = update(state, {type: 'tick', at: second * 1_000})[0];
    return pulse(state, second * 1_000) ? second : undefined;
  });
  expect(fed.filter(second => second !== undefined)).toEqual([0, 3, 6, 9, 12]);
});

test('a loop that turns without doing due work does not feed it', () => {
  const pulse = createPulse(3_000);
  const stuck = monitoring();
  const fed = Array.from({length: 60}, (_, second) =>
    pulse(stuck, second * 1_000) ? second : undefined,
  );
  expect(Math.max(...fed.map(second => second ?? 0))).toBeLessThanOrEqual(12);
});
