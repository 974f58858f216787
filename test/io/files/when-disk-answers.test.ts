import {expect, test} from 'vitest';
import {render} from '../../../source/core/text/say.ts';
import {whenDiskAnswers} from '../../../source/io/files/when-disk-answers.ts';

test('work waits for the answer of the disk, which is asked once at a time', async () => {
  const answers: Array<() => void> = [];
  const told: Array<string | undefined> = [];
  const everySecond = whenDiskAnswers(
    '/state',
    text => told.push(text && render(text)),
    () => new Promise(resolve => answers.push(() => resolve(undefined))),
  );
  let done = 0;
  const call = () => everySecond(() => void done++);
  for (let seconds = 0; seconds < 6; seconds++) call();
  expect([done, answers.length]).toEqual([0, 1]);
  expect(told).toEqual(['the disk of /state does not answer']);
  answers[0]?.();
  await new Promise(setImmediate);
  expect(done).toBe(1);
  expect(told.at(-1)).toBeUndefined();
  call();
  expect(answers).toHaveLength(2);
  answers[1]?.();
});

test('a directory that is gone is an answer', async () => {
  let done = 0;
  whenDiskAnswers(
    '/state',
    () => {},
    () => Promise.reject(new Error('ENOENT')),
  )(() => void done++);
  await new Promise(setImmediate);
  expect(done).toBe(1);
});
