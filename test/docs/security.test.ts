import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

test('every threat names a test that exists', () => {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
  const rows = page.split('\n').filter(line => /^\| (?!by \||---)/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const tests = row.match(/test\/[\w./-]+\.tsx?/g) ?? [];
    expect(tests, row).not.toEqual([]);
    expect(
      tests.filter(path => !existsSync(join(root, path))),
      row,
    ).toEqual([]);
  }
});
