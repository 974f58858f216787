import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sanitize, sanitizeBlock} from '../../source/format/sanitize.ts';

const FORBIDDEN =
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\p{Surrogate}]/u;

const hostile = fc
  .array(
    fc.oneof(
      fc.string({unit: 'binary'}),
      fc.constantFrom(
        '\x1b[31m',
        '\x1b]52;c;aGk=\x07',
        '\x9b2J',
        '\x9d0;title\x9c',
        '\x1bP1$q',
        '\x1b\\',
        '\x1b',
        '\r\n',
        '\t',
        '\0',
        '\u202e',
        '\u200b',
        '\ud800',
        '\u{e0041}',
        '👩‍💻',
        '\x1b]8;;',
      ),
    ),
    {maxLength: 30},
  )
  .map(parts => parts.join(''));

describe('sanitize', () => {
  test('no control, escape, bidi or invisible character survives', () => {
    fc.assert(fc.property(hostile, text => !FORBIDDEN.test(sanitize(text))));
  });

  test('sanitising twice equals sanitising once, and keeps the length limit', () => {
    fc.assert(
      fc.property(hostile, fc.integer({min: 0, max: 60}), (text, max) => {
        const once = sanitize(text, max);
        expect(sanitize(once, max)).toBe(once);
        expect(Array.from(once).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  test('a block keeps its line ends, and no other invisible character', () => {
    fc.assert(
      fc.property(hostile, fc.integer({min: 0, max: 60}), (text, max) => {
        const once = sanitizeBlock(text, max);
        expect(once.split('\n').some(line => FORBIDDEN.test(line))).toBe(false);
        expect(sanitizeBlock(once, max)).toBe(once);
        expect(Array.from(once).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  test.each([
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['an eight-bit sequence', '\x9b31mred', 'red'],
    ['a window title', '\x1b]0;evil\x07ok', 'ok'],
    ['a clipboard write', 'a\x1b]52;c;ZXZpbA==\x1b\\b', 'ab'],
    ['an unterminated string, up to its line end', 'a\x1b]52;c;ZXZpbA==\nb', 'a b'],
    ['an unterminated sequence', 'a\x1b[12', 'a'],
    [
      'device control, privacy and application strings',
      '\x1bPq#0\x1b\\a\x1b^x\x1b\\b\x1b_y\x1b\\c\x1bXz\x1b\\d',
      'abcd',
    ],
    ['line ends, tabs and NUL, which become one space', 'a\r\n\tb\0c', 'a b c'],
    ['bidi overrides', 'user\u202etxt.exe', 'usertxt.exe'],
    ['zero-width and soft characters', 'a\u200bb\u2060c\ufeffd\u00ade', 'abcde'],
    ['lone surrogates', 'a\ud800b\udc00c', 'abc'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
  ])('strips %s', (_, given, wanted) => {
    expect(sanitize(given)).toBe(wanted);
  });

  test('leaves letters of any script and emoji as they are', () => {
    expect(sanitize('健康检查 ошибка é 👍')).toBe('健康检查 ошибка é 👍');
  });

  test('cuts at code points, never inside a character', () => {
    expect(sanitize('👍👍👍👍', 3)).toBe('👍👍…');
  });

  test('a long hostile text takes linear time', () => {
    const started = performance.now();
    sanitize('\x1b]'.repeat(200_000) + '\x1b['.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
