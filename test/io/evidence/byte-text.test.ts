import {expect, test} from 'vitest';
import {byteText} from '../../../source/io/evidence/byte-text.ts';

test.each([
  [0, '0 KiB'],
  [1536, '1.5 KiB'],
  [45_000_000, '43 MiB'],
  [1_048_576 * 1000, '1 GiB'],
  [1.5 * 2 ** 40, '1.5 TiB'],
])('%d bytes are told as %s', (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});
