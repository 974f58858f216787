import fc from 'fast-check';
import {expect, test} from 'vitest';
import {formatDuration, parseDuration} from '../../source/format/duration.ts';

test.each([
  ['500ms', 500],
  ['5s', 5_000],
  ['1.5s', 1_500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['7d', 604_800_000],
  ['1h30m', 5_400_000],
  ['5', 5_000],
  ['0.5', 500],
  [' 5s ', 5_000],
  ['0', 0],
])('%j is a duration', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', 'abc', '-1', '-1s', '5 s', '5x', 's', '1e3', 'Infinity', '5s!', '1..5s', '٥s'])(
  '%j is no duration',
  text => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [0, '0ms'],
  [250, '250ms'],
  [5_000, '5s'],
  [1_500, '1.5s'],
  [59_999, '59s'],
  [120_000, '2m'],
  [90_000, '1m30s'],
  [5_400_000, '1h30m'],
  [11_520_000, '3h12m'],
  [187_200_000, '2d4h'],
])('%d ms is written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('a written duration reads back within its smaller unit', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 400 * 86_400_000}), ms => {
      const back = parseDuration(formatDuration(ms)) ?? NaN;
      expect(back).toBeLessThanOrEqual(ms);
      expect(ms - back).toBeLessThan(Math.max(1_000, ms / 10));
    }),
  );
});
