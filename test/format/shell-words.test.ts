import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {splitWords} from '../../source/format/shell-words.ts';

describe('a command given as one string', () => {
  test.each([
    ['systemctl --user restart web', ['systemctl', '--user', 'restart', 'web']],
    ['  a\t b\n', ['a', 'b']],
    ['echo \'a b\' "c d"', ['echo', 'a b', 'c d']],
    ["'it'\\''s'", ["it's"]],
    ['a\\ b', ['a b']],
    ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
    ["'a\\b'", ['a\\b']],
    ['\'\' ""', ['', '']],
    ['--name="my web"', ['--name=my web']],
    ['a\\\nb', ['ab']],
    ['echo $HOME *.ts ~ `id`', ['echo', '$HOME', '*.ts', '~', '`id`']],
    ['', []],
  ])('%j is split as a shell would split words, and nothing is expanded', (text, words) => {
    expect(splitWords(text)).toEqual({kind: 'words', words});
  });

  test.each([
    ["a 'b", 'the single quote at column 3 is never closed'],
    ['a "b\\"', 'the double quote at column 3 is never closed'],
    ['a \\', 'the backslash at column 3 escapes nothing'],
  ])('%j is refused with the place', (text, reason) => {
    expect(splitWords(text)).toEqual({kind: 'invalid', reason});
  });

  test('any words survive quoting and splitting', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'binary'})), words => {
        const text = words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(splitWords(text)).toEqual({kind: 'words', words});
      }),
    );
  });
});
