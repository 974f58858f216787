import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {pages} from './pages.ts';

test('the README links every page of the docs', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const others = pages.filter(page => page.startsWith('docs/'));
  expect(others.length).toBeGreaterThan(10);
  expect(others.filter(page => !readme.includes(`](${page})`))).toEqual([]);
});
