import {expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import type {Clock} from '../../source/contracts/clock.ts';
import type {Event} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {startWatch, WATCH_MS, type Watched} from '../../source/runtime/watch.ts';

test('that one of several processes cannot be looked at is told once, and once when it can', () => {
  let now = 0;
  let beat = () => {};
  let blind = true;
  const clock: Clock = {
    now: () => now,
    after: (_, callback) => ((beat = callback), () => undefined),
    takeJump: () => undefined,
  };
  const settings = (name: string) => ({
    name,
    address: '',
    fix: 'command' as const,
    local: true,
    overrides: {},
    dependsOn: [],
    notFor: [],
    fingerprint: '',
  });
  const state = initialState(
    ['seen', 'unseen'].map(name => ({settings: settings(name), preset: 'dev', observing: false})),
    presets,
    0,
  );
  const reading = {state: 'unknown', reason: 'a stand-in'} as const;
  const judge = () => ({readings: {}, faults: []});
  const watched: Watched[] = [
    {target: 'seen', read: () => reading, judge},
    {
      target: 'unseen',
      read() {
        if (blind) throw new Error('EMFILE');
        return reading;
      },
      judge,
    },
  ];
  const troubles: Event[] = [];
  startWatch({
    clock,
    targets: () => watched,
    getSnapshot: () => state,
    dispatch: event => event.type === 'problem' && troubles.push(event),
  });
  for (let beats = 0; beats < 8; beats++) {
    blind = beats < 4;
    now += WATCH_MS;
    beat();
  }
  expect(troubles.map(event => event.type === 'problem' && event.text)).toEqual([
    'the process cannot be looked at: EMFILE',
    undefined,
  ]);
});
