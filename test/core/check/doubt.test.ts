import {expect, test} from 'vitest';
import {doubt} from '../../../source/core/check/doubt.ts';
import {renderAll} from '../../../source/core/text/say.ts';

test('a check that took far beyond its limit, or ran during a stall, shows a problem of agent2', () => {
  const failed = {
    kind: 'failed',
    readings: {},
    faults: [{probe: 'api', kind: 'response_timeout', text: ''}],
  } as const;
  const limits = {timeoutMs: 5_000, intervalMs: 5_000};
  expect(doubt(failed, {startedAt: 0, at: 5_100, lagMs: 0}, limits)).toBeUndefined();
  expect(renderAll(doubt(failed, {startedAt: 0, at: 60_000, lagMs: 0}, limits))).toContain('slept');
  expect(renderAll(doubt(failed, {startedAt: 0, at: 5_100, lagMs: 3_000}, limits))).toContain(
    'stalled',
  );
});
