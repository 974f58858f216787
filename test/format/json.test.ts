import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {MOST_LEVELS, parseJson, readJson} from '../../source/format/json.ts';

const nested = (levels: number, open = '[', close = ']') =>
  open.repeat(levels) + '1' + close.repeat(levels);

describe('a JSON text', () => {
  test.each([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"a":', '}]'],
  ])('nested deeper than the limit in %s is not parsed', (open, close) => {
    const each = (open.match(/[[{]/g) ?? []).length;
    expect(readJson(nested(MOST_LEVELS / each, open, close)).kind).toBe('json');
    expect(readJson(nested(MOST_LEVELS / each + 1, open, close)).kind).toBe('too-deep');
    expect(readJson(nested(100_000, open, close)).kind).toBe('too-deep');
    expect(readJson(open.repeat(100_000)).kind).toBe('too-deep');
    expect(parseJson(nested(100_000, open, close))).toBeUndefined();
  });

  test('may hold any brackets and quotes in its texts', () => {
    const texts = fc.array(
      fc.string({unit: fc.constantFrom('[', '{', '"', '\\', ']', 'a'), maxLength: 300}),
    );
    fc.assert(
      fc.property(texts, value => {
        expect(readJson(JSON.stringify(value))).toEqual({kind: 'json', value});
      }),
    );
  });

  test('counts the levels below each other, not beside', () => {
    const value = Array.from({length: 5_000}, () => [{a: [1]}]);
    expect(readJson(JSON.stringify(value)).kind).toBe('json');
  });
});
