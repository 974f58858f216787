import fc from 'fast-check';
import {expect, test} from 'vitest';
import {series, summarise} from '../../../source/core/check/latency.ts';
import type {Sample} from '../../../source/core/model/target.ts';
import {samplesOf} from '../../../source/core/check/samples.ts';
import {
  measureOf,
  nextSeries,
  shortNumber,
  shownSeries,
  unitOf,
} from '../../../source/ui/state/series.ts';
import {chartLines, responseLines} from '../../../source/ui/panels/response/response-lines.ts';
import {lineWidth, plainText} from '../../../source/ui/text/spans.ts';
import {UNICODE} from '../../../source/ui/text/symbols.ts';
import {checkedTarget, NOW, samples} from '../../helpers/states.ts';

const load = measureOf('load one');
const chart = (values: readonly number[], height: number) =>
  chartLines(values, height, UNICODE, load).map(plainText).join('\n');
const loads = (...values: readonly (number | undefined)[]): readonly Sample[] =>
  values.map((value, index) => ({
    at: NOW + (index - values.length) * 1_000,
    outcome: 'failed',
    ...(value === undefined ? {} : {values: {'load one': value}}),
  }));

test('percentiles and slots are those of the series that is asked for', () => {
  expect(summarise(loads(1, 2, 9), load.pick)).toEqual({p50: 2, p95: 9, p99: 9, max: 9});
  expect(summarise(loads(1, 2, 9))).toBeUndefined();
  expect(series(loads(1, 2, undefined, 9), NOW, 4_000, 4, load.pick)).toEqual([1, 2, NaN, 9]);
});

test.each([
  [0, '0'],
  [0.4, '0.4'],
  [0.04, '0.04'],
  [0.0042, '4e-3'],
  [9.96, '10'],
  [42.25, '42.3'],
  [1250, '1250'],
  [-12.5, '-12.5'],
  [10_000, '10k'],
  [999_999, '1M'],
  [105e6, '105M'],
  [41.2e9, '41.2G'],
  [3e12, '3T'],
  [1e18, '1e+18'],
])('%d is written %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test('a number never takes more than five columns', () => {
  fc.assert(fc.property(fc.double(), value => shortNumber(value).length <= 5));
});

test('numbers below 0 have their place under it', () => {
  expect(chart([-4, 0, 4], 5)).toBe(
    ['    4 ┤ ╭─', '    2 ┤ │ ', '    0 ┤╭╯ ', '   -2 ┤│  ', '   -4 ┼╯  '].join('\n'),
  );
});

test('a series of zeros lies on the ground', () => {
  expect(chart([0, 0], 3)).toBe(['    1 ┤  ', '  0.5 ┤  ', '    0 ┼──'].join('\n'));
});

test('whatever a check measures, the chart has its height and its width', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({min: -10, max: 10}),
    fc.constantFrom(0, -0, 1e-310, -1e308, 1e308),
  );
  fc.assert(
    fc.property(
      fc.array(value, {minLength: 1, maxLength: 40}),
      fc.integer({min: 2, max: 12}),
      (values, height) => {
        expect(chartLines(values, height, UNICODE, load).map(lineWidth)).toEqual(
          new Array(height).fill(values.length + 7),
        );
      },
    ),
  );
});

test('a series without a number says so', () => {
  expect(plainText(responseLines(samples(3), 300_000, NOW, 60, 8, UNICODE, load)[6] ?? [])).toBe(
    'nothing measured yet',
  );
});

test('v goes from the response time to each series and back, also where the chosen one is gone', () => {
  const {samples: log, readings} = checkedTarget();
  const samples = samplesOf(log);
  expect(
    [undefined, 'redis time', 'disk /var', 'another target'].map(chosen =>
      nextSeries(samples, chosen),
    ),
  ).toEqual(['redis time', 'disk /var', undefined, 'redis time']);
  expect(shownSeries(samples, 'another target')).toBeUndefined();
  expect(unitOf(readings, 'disk /var')).toBe('B');
  expect(unitOf(readings, 'another target')).toBe('');
});
