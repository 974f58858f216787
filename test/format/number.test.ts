import {expect, test} from 'vitest';
import {formatMs, formatMsNumber, formatPercent} from '../../source/format/number.ts';

test.each([
  [0.3, '0.3 ms'],
  [4.24, '4.2 ms'],
  [9.96, '10 ms'],
  [52, '52 ms'],
  [1_300, '1.3 s'],
  [59_990, '59.9 s'],
  [125_000, '2m5s'],
])('a measured time of %d ms shows as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});

test('the number alone is in milliseconds', () => {
  expect(formatMsNumber(1_250.4)).toBe('1250');
});

test('a percentage is rounded down, so only the whole is 100%', () => {
  expect(formatPercent(1)).toBe('100%');
  expect(formatPercent(0.999999)).toBe('99.99%');
  expect(formatPercent(0.57)).toBe('57%');
  expect(formatPercent(0.989, 0)).toBe('98%');
});
