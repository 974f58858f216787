import {expect, test} from 'vitest';
import {saidSince} from '../../../source/io/evidence/log-marks.ts';

const NOW = Date.UTC(2026, 0, 27, 10, 30, 0);
const HOUR = 3_600_000;
const stamp = (ago: number) => new Date(NOW - ago).toISOString();
const file = {size: 1_000, changedAt: NOW};

test('lines from before the service was last well say nothing, nor do those that follow them without a time', () => {
  const text = `${stamp(240 * HOUR)} ENOSPC\n    at write\n${stamp(1_000)} ready\n    fine`;
  expect(saidSince(text, file, {at: NOW - HOUR})).toBe(`${stamp(1_000)} ready\n    fine`);
});

test('of lines without times those count that were appended since', () => {
  expect(saidSince('ENOSPC\nready', file, {at: NOW - HOUR, bytes: 995})).toBe('ready');
  expect(saidSince('ENOSPC\nready', file, {at: NOW - HOUR, bytes: 1_000})).toBe('');
});

test('a log that was emptied meanwhile is new', () => {
  expect(saidSince('ENOSPC', file, {at: NOW - HOUR, bytes: 5_000})).toBe('ENOSPC');
});

test('a log that nobody has written since says nothing', () => {
  const old = {size: 1_000, changedAt: NOW - 240 * HOUR};
  expect(saidSince('ENOSPC', old, {at: NOW - HOUR})).toBe('');
});

test('without any sign of its age a line counts', () => {
  expect(saidSince('ENOSPC', file, {at: NOW - HOUR})).toBe('ENOSPC');
});
