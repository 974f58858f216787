import {expect, test} from 'vitest';
import {presets, presetNames} from '../../source/config/presets.ts';
import {formatDuration} from '../../source/format/duration.ts';

/** The table of the documentation, row by row. */
const TABLE = {
  interval: ['2s', '5s', '10s', '15s', '2s', '5s'],
  timeout: ['5s', '5s', '10s', '10s', '3s', '15s'],
  failures: [2, 2, 3, 3, 1, 5],
  recovery: [1, 1, 2, 2, 1, 2],
  retries: [0, 0, 0, 0, 0, 3],
  slow: ['3s', '3s', '3s', '3s', '1s', '5s'],
  confirm: ['500ms', '1s', '5s', '5s', '500ms', '5s'],
  settle: ['1s', '2s', '5s', '5s', '1s', '5s'],
  grace: ['30s', '30s', '1m', '2m', '15s', '2m'],
  budget: ['5 in 5m', '3 in 5m', '3 in 5m', '3 in 10m', '5 in 5m', '3 in 10m'],
  backoff: [
    '1s x2, cap 30s',
    '5s x2, cap 1m',
    '10s x2, cap 5m',
    '10s x2, cap 5m',
    '1s x2, cap 30s',
    '10s x2, cap 5m',
  ],
};

test('the presets carry the figures of the table', () => {
  expect(presetNames).toEqual([
    'dev',
    'test',
    'prod',
    'high-load',
    'low-latency',
    'unstable-network',
  ]);
  const all = presetNames.map(name => presets[name]);
  expect({
    interval: all.map(preset => formatDuration(preset.intervalMs)),
    timeout: all.map(preset => formatDuration(preset.timeoutMs)),
    failures: all.map(preset => preset.failureThreshold),
    recovery: all.map(preset => preset.recoveryThreshold),
    retries: all.map(preset => preset.retries),
    slow: all.map(preset => formatDuration(preset.slowMs)),
    confirm: all.map(preset => formatDuration(preset.confirmMs)),
    settle: all.map(preset => formatDuration(preset.settleMs)),
    grace: all.map(preset => formatDuration(preset.startGraceMs)),
    budget: all.map(({budget}) => `${budget.count} in ${formatDuration(budget.windowMs)}`),
    backoff: all.map(
      ({backoff}) =>
        `${formatDuration(backoff.baseMs)} x${backoff.factor}, cap ${formatDuration(backoff.capMs)}`,
    ),
  }).toEqual(TABLE);
});
