import {expect, test} from 'vitest';
import {parseWhen} from '../../source/format/when.ts';

const now = new Date(2026, 0, 27, 12, 0, 0).getTime();

test.each([
  ['1h', now - 3_600_000],
  ['7d', now - 7 * 86_400_000],
  ['10:30', new Date(2026, 0, 27, 10, 30).getTime()],
  ['12:00:01', new Date(2026, 0, 26, 12, 0, 1).getTime()],
  ['2026-01-20', new Date(2026, 0, 20).getTime()],
  ['2026-01-20 10:30', new Date(2026, 0, 20, 10, 30).getTime()],
  ['2026-01-20 10:30:05,123', new Date(2026, 0, 20, 10, 30, 5, 123).getTime()],
  ['2026-01-20T10:30:05.123456+00:00', Date.UTC(2026, 0, 20, 10, 30, 5, 123)],
  ['2026-01-20T10:30Z', Date.UTC(2026, 0, 20, 10, 30)],
  ['2026-01-20T10:30+05:30', Date.UTC(2026, 0, 20, 5, 0)],
  ['today', new Date(2026, 0, 27).getTime()],
  ['yesterday', new Date(2026, 0, 26).getTime()],
])('%s is a time', (text, at) => {
  expect(parseWhen(text, now)).toBe(at);
});

test.each([
  '',
  'soon',
  '25:00',
  '10:61',
  '2026-02-30',
  '2026-13-01',
  '2026-01-27 24:00',
  '-1h',
  '27.01.2026',
])('%j is none', text => {
  expect(parseWhen(text, now)).toBeUndefined();
});
