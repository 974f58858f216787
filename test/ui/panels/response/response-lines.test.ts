import fc from 'fast-check';
import {expect, test} from 'vitest';
import {displayWidth} from '../../../../source/format/width.ts';
import {
  chartLines,
  responseLines,
  stripLine,
} from '../../../../source/ui/panels/response/response-lines.ts';
import {lineWidth, plainText} from '../../../../source/ui/text/spans.ts';
import {UNICODE} from '../../../../source/ui/text/symbols.ts';
import {NOW, samples} from '../../../helpers/states.ts';

const chart = (values: readonly number[], height: number) =>
  chartLines(values, height, UNICODE).map(plainText).join('\n');

test('the chart begins at 0 and its labels read well', () => {
  expect(chart([4, 4.2, 28, 4, 4], 6)).toBe(
    [
      '   30 ┤ ╭╮  ',
      '   24 ┤ ││  ',
      '   18 ┤ ││  ',
      '   12 ┤ ││  ',
      '    6 ┼─╯╰──',
      '    0 ┤     ',
    ].join('\n'),
  );
});

test('failed checks leave a gap', () => {
  expect(chart([4, 4, NaN, NaN, 4], 3)).toBe(
    ['    4 ┼──  ─', '    2 ┤     ', '    0 ┤     '].join('\n'),
  );
});

test('without a single timed check only the axis is drawn', () => {
  expect(chart([NaN, NaN, NaN], 3)).toBe(['      ┤   ', '      ┤   ', '      ┤   '].join('\n'));
  expect(chart([], 3)).toBe(['      ┤', '      ┤', '      ┤'].join('\n'));
});

test('whatever was measured, the chart has its height and its width, and the slowest check stands in it', () => {
  const value = fc.oneof(
    fc.constant(NaN),
    fc.double({min: 0, max: 120_000, noNaN: true}),
    fc.constantFrom(0, 0.05, 1e-7, 60_000),
  );
  fc.assert(
    fc.property(
      fc.array(value, {minLength: 1, maxLength: 40}),
      fc.integer({min: 2, max: 12}),
      (values, height) => {
        const lines = chartLines(values, height, UNICODE);
        expect(lines.map(lineWidth)).toEqual(new Array(height).fill(values.length + 7));
        const drawn = lines.map(line => plainText(line).slice(7)).join('');
        expect(drawn.replaceAll(' ', '').length).toBeGreaterThanOrEqual(
          values.filter(each => !Number.isNaN(each)).length,
        );
      },
    ),
  );
});

test('the strip has one mark a check: taller is slower, and what failed is a letter', () => {
  const strip = stripLine(
    [
      ...samples(9, NOW - 20_000),
      {at: NOW - 15_000, outcome: 'slow', latencyMs: 3_100},
      {at: NOW - 10_000, outcome: 'failed'},
      {at: NOW - 5_000, outcome: 'inconclusive'},
      {at: NOW, outcome: 'ok', latencyMs: 4},
    ],
    22,
    UNICODE,
  );
  expect(plainText(strip)).toMatch(/^ {9}▁{7}.▁!x\?▁$/);
  expect(displayWidth(plainText(strip))).toBe(22);
});

test('a calm service gives the same picture until the next column', () => {
  const calm = (end: number) =>
    responseLines(
      samples(200, end).map(sample => ({...sample, latencyMs: 4})),
      300_000,
      end,
      60,
      8,
      UNICODE,
    ).map(plainText);
  expect(calm(NOW + 5_000)).toEqual(calm(NOW));
});
