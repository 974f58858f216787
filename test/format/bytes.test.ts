import fc from 'fast-check';
import {expect, test} from 'vitest';
import {formatBytes, parseBytes} from '../../source/format/bytes.ts';

test.each([
  ['512', 512],
  ['512B', 512],
  ['1KiB', 1024],
  ['1.5 GiB', 1_610_612_736],
  ['10k', 10_240],
  ['5MB', 5_000_000],
  ['2T', 2_199_023_255_552],
])('%s is %i bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each(['', 'KiB', '-1', '1 XB', '1mb', '5%', '1e9', '1GiB2', '1 constructor'])(
  '%j is no size',
  text => {
    expect(parseBytes(text)).toBeUndefined();
  },
);

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [10_188, '9.9 KiB'],
  [10_239, '10 KiB'],
  [125_829_120, '120 MiB'],
  [3 * 2 ** 40, '3 TiB'],
])('%i bytes are shown as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a formatted size reads back to within a twentieth', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 2 ** 45}), bytes => {
      expect(Math.abs((parseBytes(formatBytes(bytes)) ?? NaN) - bytes)).toBeLessThanOrEqual(
        bytes / 20,
      );
    }),
  );
});
