import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {characters, cut, displayWidth, fit, wrap} from '../../source/format/width.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', ' ', '服', '務', '👩‍👩‍👧', 'é', 'e\u0301', '─', '●', '✖', '⏸', '…'),
    fc.string({unit: 'grapheme', minLength: 1, maxLength: 1}),
  ),
});

test('a text is as wide as the terminal draws it', () => {
  fc.assert(
    fc.property(text, value => {
      expect(displayWidth(value)).toBe(stringWidth(value));
    }),
  );
});

test('the widths of the characters of a text add up to its width', () => {
  expect([...characters('a服✖')]).toEqual([
    ['a', 1],
    ['服', 2],
    ['✖', 1],
  ]);
});

test('a fitted text has exactly the width, however wide its characters', () => {
  fc.assert(
    fc.property(text, fc.integer({min: 0, max: 30}), (value, width) => {
      expect(displayWidth(fit(value, width))).toBe(width);
    }),
  );
});

test('an ellipsis marks a cut', () => {
  expect(cut('健康検査 ok', 6)).toBe('健康…');
  expect(cut('health check', 8, '...')).toBe('healt...');
  expect(cut('ok', 2)).toBe('ok');
});

test('Chinese is wrapped between characters, never before a comma or a closing bracket', () => {
  expect(wrap('进程 4242 已消失，其 PID 文件（/run/web.pid）仍留存', 16)).toEqual([
    '进程 4242 已消',
    '失，其 PID 文件',
    '（/run/web.pid）',
    '仍留存',
  ]);
  expect(wrap('检查失败，再试', 8)).toEqual(['检查失', '败，再试']);
});

test('wrapped text keeps its words and stays within the width', () => {
  expect(wrap('GET /api/health: no response within 5.0 s', 20)).toEqual([
    'GET /api/health: no',
    'response within 5.0',
    's',
  ]);
  fc.assert(
    fc.property(text, fc.integer({min: 2, max: 30}), (value, width) => {
      const lines = wrap(value, width);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
    }),
  );
});
