import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';
import {pages} from './pages.ts';

test('every file that the docs name is there', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n');
  const decisions = readdirSync(join(root, 'docs/decisions')).map(name => `docs/decisions/${name}`);
  const named = [...pages, ...decisions].flatMap(page =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/`([\w./-]+\.(?:tsx?|mjs))`/g)].map(
      ([, path = '']) => ({page, path}),
    ),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(
    named.filter(
      ({path}) =>
        // A place for any name.
        !/NAME|FOLDER|KIND/.test(path) && !files.some(file => `/${file}`.endsWith(`/${path}`)),
    ),
  ).toEqual([]);
});
