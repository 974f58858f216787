import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {isDirectory, makeDirectory, subdirectories} from '../../../source/io/files/directory.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';

afterEach(cleanUp);

test('a directory is made with its parents, and one that cannot be made ends in an error that says why', () => {
  const dir = temporaryDirectory();
  makeDirectory(join(dir, 'a', 'b'), 0o755, {withParents: true});
  expect(isDirectory(join(dir, 'a', 'b'))).toBe(true);
  writeFileSync(join(dir, 'plain'), '');
  for (const path of ['/proc/agent2/web', '/dev/null/agent2', join(dir, 'plain')])
    expect(() => makeDirectory(path, 0o755, {withParents: true})).toThrow(/is not/);
});

test('what is no directory, or leads in a circle, holds no directories', () => {
  const dir = temporaryDirectory();
  mkdirSync(join(dir, 'real'));
  symlinkSync(join(dir, 'circle'), join(dir, 'circle'));
  expect(subdirectories(dir)).toEqual([join(dir, 'real')]);
  expect(subdirectories(join(dir, 'circle'))).toEqual([]);
  expect(isDirectory(join(dir, 'circle'))).toBe(false);
});
