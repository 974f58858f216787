import {expect, test} from 'vitest';
import {formatAge, formatClock} from '../../source/format/age.ts';

test.each([
  [0, '<1m'],
  [59_999, '<1m'],
  [60_000, '1m'],
  [119_000, '1m'],
  [11_520_000, '3h12m'],
  [7_200_000, '2h'],
])('an age of %d ms shows as %s, so that it changes once a minute', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

test('a time of today is shown with seconds, one of another day with its date', () => {
  const now = new Date(2026, 0, 27, 10, 30).getTime();
  expect(formatClock(new Date(2026, 0, 27, 9, 5, 7).getTime(), now)).toBe('09:05:07');
  expect(formatClock(new Date(2026, 0, 26, 10, 25).getTime(), now)).toBe('01-26 10:25');
});
