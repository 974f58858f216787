import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  isOursForSure,
  mayEnd,
  mayWake,
  type IdentityFacts,
} from '../../../source/core/fix/may-signal.ts';
import type {PortWord, ProcessReading} from '../../../source/core/model/observation.ts';

const words: ReadonlyArray<PortWord | undefined> = [
  'same',
  'relative',
  'stranger',
  'hidden',
  'nobody',
  undefined,
];
const anyFacts: fc.Arbitrary<IdentityFacts> = fc.record({
  via: fc.constantFrom('pid-file', 'port', 'child'),
  atPort: fc.constantFrom(...words),
  named: fc.boolean(),
});

describe('a process is ended', () => {
  test.each<[string, boolean, IdentityFacts]>([
    ['agent2 started it', true, {via: 'child'}],
    ['a pid file alone names it', true, {via: 'pid-file'}],
    ['a pid file names it and nobody holds the port', true, {via: 'pid-file', atPort: 'nobody'}],
    ['a pid file names it and it holds the port', true, {via: 'pid-file', atPort: 'same'}],
    ['a relative of it holds the port', true, {via: 'pid-file', atPort: 'relative'}],
    ['an unrelated one does', false, {via: 'pid-file', atPort: 'stranger', named: true}],
    ['nobody sees who does', false, {via: 'pid-file', atPort: 'hidden'}],
    [
      'nobody sees who does, but it has its name',
      true,
      {via: 'pid-file', atPort: 'hidden', named: true},
    ],
    ['it merely listens', false, {via: 'port', atPort: 'same', named: true}],
  ])('when %s: %s', (_, wanted, facts) => {
    expect(isOursForSure(facts)).toBe(wanted);
  });

  test('only as a child or by a pid file, never against the port, and where one is held only when a second fact agrees', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        if (!isOursForSure(facts)) return;
        expect(facts.via).not.toBe('port');
        if (facts.via === 'child') return;
        expect(facts.atPort).not.toBe('stranger');
        const isHeld = facts.atPort !== undefined && facts.atPort !== 'nobody';
        const agree = [facts.atPort === 'same', facts.atPort === 'relative', facts.named];
        expect(!isHeld || agree.includes(true)).toBe(true);
      }),
    );
  });

  test('never because more speaks against it', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        expect(isOursForSure({...facts, atPort: 'stranger'}) && !isOursForSure(facts)).toBe(false);
        expect(
          isOursForSure({...facts, named: false}) && !isOursForSure({...facts, named: true}),
        ).toBe(false);
      }),
    );
  });
});

test('a process without the configured name that serves on the port is continued, and never ended', () => {
  const reading: ProcessReading = {
    state: 'stopped',
    identity: {pid: 4_000, startKey: '1'},
    via: 'pid-file',
    command: 'myapp',
    atPort: 'same',
    unnamed: 'python',
  };
  expect(mayWake(reading)).toBe(true);
  expect(mayEnd(reading)).toBe(false);
  expect(mayWake({...reading, atPort: 'stranger'})).toBe(false);
});

test('an unknown process, and one of another name, is neither ended nor continued', () => {
  const identity = {pid: 7, startKey: '7'};
  const readings: readonly ProcessReading[] = [
    {state: 'unknown', reason: 'hidden'},
    {state: 'mismatch', identity, via: 'pid-file', command: 'x', wanted: 'web'},
    {state: 'stopped', identity, via: 'pid-file', command: 'x', atPort: 'stranger'},
  ];
  for (const reading of [undefined, ...readings])
    expect([mayEnd(reading), mayWake(reading)]).toEqual([false, false]);
});

test('a suspended listener is continued, which harms nobody, and never ended', () => {
  const reading: ProcessReading = {
    state: 'stopped',
    identity: {pid: 7, startKey: '7'},
    via: 'port',
    command: 'x',
  };
  expect([mayEnd(reading), mayWake(reading)]).toEqual([false, true]);
});
