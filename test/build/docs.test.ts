import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from '../helpers/root.ts';

test('what the docs print is what the code says: else npm run docs prints it anew', () => {
  expect(() =>
    execFileSync(process.execPath, [join(root, 'build/docs.mjs'), '--check'], {
      encoding: 'utf8',
      timeout: 60_000,
    }),
  ).not.toThrow();
});
