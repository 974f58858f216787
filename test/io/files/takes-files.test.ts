import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {takesFiles} from '../../../source/io/files/takes-files.ts';
import {makeHome} from '../../helpers/home.ts';

test('a directory that takes files, and one that answers that it does not, delay nobody', async () => {
  const {path} = makeHome();
  const before = readdirSync(path);
  expect(await takesFiles(path, 10_000)).toBe(true);
  expect(readdirSync(path)).toEqual(before);
  expect(await takesFiles(join(path, 'nowhere'), 10_000)).toBe(true);
});

test('a disk that does not answer in time is asked once, and nobody waits longer', async () => {
  let asked = 0;
  let answer = () => {};
  const never = () => {
    asked++;
    return new Promise<'answered'>(resolve => (answer = () => resolve('answered')));
  };
  expect(await takesFiles('/hung', 10, never)).toBe(false);
  expect(await takesFiles('/hung', 10, never)).toBe(false);
  expect(asked).toBe(1);
  answer();
});
