import {describe, expect, test} from 'vitest';
import {presets} from '../../source/config/presets.ts';
import type {Clock} from '../../source/contracts/clock.ts';
import type {Event} from '../../source/core/model/event.ts';
import {initialState} from '../../source/core/initial.ts';
import {startWatch, WATCH_MS, type Watched} from '../../source/runtime/watch.ts';
import {withFix} from '../helpers/with-fix.ts';

test('unreadable processes are reported once, and once when all can be read again', () => {
  let now = 0;
  let beat = () => {};
  let blind = true;
  const clock: Clock = {
    now: () => now,
    after: (_, callback) => ((beat = callback), () => undefined),
    takeJump: () => undefined,
  };
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
  const problems: Event[] = [];
  startWatch({
    clock,
    targets: () => watched,
    getSnapshot: () => state,
    dispatch: event => event.type === 'problem' && problems.push(event),
  });
  for (let beats = 0; beats < 8; beats++) {
    blind = beats < 4;
    now += WATCH_MS;
    beat();
  }
  expect(problems.map(event => event.type === 'problem' && event.text)).toEqual([
    'the process cannot be examined: EMFILE',
    undefined,
  ]);
});

describe('many processes', () => {
  test('are read in parts, each process once a beat', () => {
    const {clock, reads, watch} = watching(600);
    clock.advance(WATCH_MS);
    expect(reads()).toEqual({first: 1, middle: 0, last: 0});
    clock.advance(WATCH_MS / 3);
    expect(reads()).toEqual({first: 1, middle: 1, last: 0});
    clock.advance(WATCH_MS / 3);
    expect(reads()).toEqual({first: 1, middle: 1, last: 1});
    clock.advance(10 * WATCH_MS + 1);
    expect(reads()).toEqual({first: 11, middle: 11, last: 11});
    watch.close();
  });

  test('are all read even if the last part was late for the next beat', () => {
    const {clock, reads} = watching(600);
    clock.advance(WATCH_MS);
    clock.oversleep(WATCH_MS);
    expect(reads()).toEqual({first: 2, middle: 1, last: 1});
  });

  test('are no longer read after a close between two parts', () => {
    const {clock, reads, watch} = watching(600);
    clock.advance(WATCH_MS);
    watch.close();
    clock.advance(10 * WATCH_MS);
    expect(reads()).toEqual({first: 1, middle: 0, last: 0});
  });
});

/** A watch over `count` processes, and how often the first, one in the middle and the last of them was read. */
function watching(count: number) {
  const clock = createClock();
  const names = Array.from({length: count}, (_, index) => `target-${index}`);
  const counts = new Map(names.map(name => [name, 0]));
  const reading = {state: 'unknown', reason: 'a stand-in'} as const;
  const watched = names.map((target): Watched => ({
    target,
    read() {
      counts.set(target, (counts.get(target) ?? 0) + 1);
      return reading;
    },
    judge: () => ({readings: {}, faults: []}),
  }));
  const state = initialState(
    names.map(name => ({settings: settings(name), preset: 'dev', observing: false})),
    presets,
    0,
  );
  const watch = startWatch({
    clock,
    targets: () => watched,
    getSnapshot: () => state,
    dispatch: () => undefined,
  });
  const readsOf = (index: number) => counts.get(names[index] ?? '');
  return {
    clock,
    watch,
    reads: () => ({first: readsOf(0), middle: readsOf(count / 2), last: readsOf(count - 1)}),
  };
}

function createClock() {
  let now = 0;
  let timers: Array<{readonly at: number; readonly run: () => void}> = [];
  const runNext = (until: number) => {
    const next = timers.filter(({at}) => at <= until).sort((a, b) => a.at - b.at)[0];
    if (!next) return false;
    timers = timers.filter(timer => timer !== next);
    now = Math.max(now, next.at);
    next.run();
    return true;
  };
  return {
    now: () => now,
    after(ms: number, run: () => void) {
      const timer = {at: now + ms, run};
      timers.push(timer);
      return () => void (timers = timers.filter(other => other !== timer));
    },
    takeJump: () => undefined,
    advance(ms: number) {
      const until = now + ms;
      while (runNext(until));
      now = until;
    },
    /** Everything that was due meanwhile comes at the end of it, what was wanted first being first. */
    oversleep(ms: number) {
      now += ms;
      for (const timer of timers.filter(({at}) => at <= now)) {
        if (!timers.includes(timer)) continue;
        timers = timers.filter(other => other !== timer);
        timer.run();
      }
    },
  };
}

function settings(name: string) {
  return {
    name,
    address: '',
    ...withFix('command'),
    local: true,
    overrides: {},
    dependsOn: [],
    notFor: [],
    fingerprint: '',
  };
}
