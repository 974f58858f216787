import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Sample, SampleLog} from '../../../source/core/model/target.ts';
import {lastOutcome, samplesOf, withSample} from '../../../source/core/check/samples.ts';

const HOUR = 3_600_000;

const sample = fc.record(
  {
    at: fc.integer({min: 1, max: 200_000}),
    outcome: fc.constantFrom<Sample['outcome'][]>('ok', 'slow', 'failed', 'inconclusive'),
    latencyMs: fc.double({min: 0, max: 60_000, noNaN: true, noDefaultInfinity: true}),
    values: fc.dictionary(
      fc.string({minLength: 1, maxLength: 6}),
      // JSON has no -0.
      fc.double({noNaN: true, noDefaultInfinity: true}).map(value => value + 0),
      {minKeys: 1, maxKeys: 3},
    ),
  },
  {requiredKeys: ['at', 'outcome']},
);

/** Up to some hours of samples; the steps between them become times. */
const hours = fc.array(sample, {maxLength: 400}).map(steps => {
  let at = 1_769_500_000_000;
  return steps.map((step): Sample => ({...step, at: (at += step.at)}));
});

test('a log returns the samples of its last hour as they were added, also after JSON', () => {
  fc.assert(
    fc.property(hours, samples => {
      const log = logOf(samples);
      const kept = samples.filter(({at}) => at > (samples.at(-1)?.at ?? 0) - HOUR);
      expect(samplesOf(log)).toEqual(kept);
      expect(samplesOf(JSON.parse(JSON.stringify(log)) as SampleLog)).toEqual(kept);
      expect(lastOutcome(log)).toBe(samples.at(-1)?.outcome);
    }),
  );
});

test('a log of checks that come every half second is bounded by number', () => {
  const log = logOf(Array.from({length: 9_000}, (_, index) => ({at: index * 500, outcome: 'ok'})));
  expect(samplesOf(log)).toHaveLength(4_000);
  expect(samplesOf(log).at(-1)?.at).toBe(8_999 * 500);
  expect(log.length).toBeLessThan(70);
});

test('adding a sample keeps all blocks but the last one', () => {
  const before = logOf(Array.from({length: 130}, (_, index) => ({at: index, outcome: 'ok'})));
  const after = withSample(before, {at: 130, outcome: 'failed'});
  expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
  expect(after.filter((block, index) => block !== before[index])).toHaveLength(1);
});

test('the samples of a log are unpacked once', () => {
  const log = logOf([{at: 1, outcome: 'ok'}]);
  expect(samplesOf(log)).toBe(samplesOf(log));
});

function logOf(samples: readonly Sample[]): SampleLog {
  return samples.reduce<SampleLog>(withSample, []);
}
