import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cutBytes} from '../../../source/io/evidence/cut-bytes.ts';

describe('a text cut to bytes', () => {
  test('keeps the end that matters, never half a character', () => {
    expect(cutBytes('abcdef', 6, 'end')).toBe('abcdef');
    expect(cutBytes('abcdefg', 6, 'start')).toBe('abc…');
    expect(cutBytes('abcdefg', 6, 'end')).toBe('…efg');
    expect(cutBytes('€€€', 8, 'start')).toBe('€…');
    expect(cutBytes('€€€', 8, 'end')).toBe('…€');
  });

  test('has at most so many, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({unit: 'binary'}),
        fc.integer({min: 3, max: 40}),
        fc.constantFrom('start', 'end'),
        (text, most, keep) => {
          const cut = cutBytes(text, most, keep);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
          const kept = cut === text ? text : keep === 'start' ? cut.slice(0, -1) : cut.slice(1);
          expect(keep === 'start' ? text.startsWith(kept) : text.endsWith(kept)).toBe(true);
        },
      ),
    );
  });
});
