import {chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {createFileWriter, replaceFile, SLOW_MS} from '../../../source/io/files/file-writer.ts';
import {makeHome} from '../../helpers/home.ts';

/** A disk that answers only when it is told. */
function slowDisk() {
  const begun: string[] = [];
  const ends: Array<(error?: Error) => void> = [];
  const results: unknown[] = [];
  let isOver = false;
  // A write that never ends keeps one of the few turns at disks from the tests that follow.
  onTestFinished(() => {
    isOver = true;
    ends.forEach(end => end());
  });
  const writer = createFileWriter(
    '/state/status.json',
    {onWritten: error => results.push(error), onSlow: () => results.push('slow')},
    {
      replace: (_, text) =>
        new Promise((resolve, reject) => {
          begun.push(text);
          ends.push(error => (error ? reject(error) : resolve()));
          if (isOver) resolve();
        }),
    },
  );
  const turn = () => new Promise(setImmediate);
  return {writer, begun, ends, results, turn};
}

test('one write is under way at a time, and of those that wait the newest wins', async () => {
  const {writer, begun, ends, results, turn} = slowDisk();
  for (const text of ['a', 'b', 'c', 'd']) writer.write(text);
  expect(begun).toEqual(['a']);
  ends[0]?.();
  await turn();
  expect(begun).toEqual(['a', 'd']);
  ends[1]?.();
  expect(await writer.settled(1_000)).toBe(true);
  expect(results).toEqual([undefined, undefined]);
});

test('nobody waits for a disk that never answers longer than asked', async () => {
  const {writer} = slowDisk();
  writer.write('a');
  expect(await writer.settled(10)).toBe(false);
});

test('a slow write is told, a failed one with its error, and the next one is tried', async () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
  onTestFinished(() => void vi.useRealTimers());
  const {writer, begun, ends, results, turn} = slowDisk();
  writer.write('a');
  vi.advanceTimersByTime(SLOW_MS);
  expect(results).toEqual(['slow']);
  ends[0]?.(new Error('EIO'));
  await turn();
  writer.write('b');
  ends[1]?.();
  await turn();
  expect(begun).toEqual(['a', 'b']);
  expect(results).toEqual(['slow', expect.objectContaining({message: 'EIO'}), undefined]);
});

test('the time in which the whole process was held up does not count', () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
  onTestFinished(() => void vi.useRealTimers());
  const {writer, results} = slowDisk();
  writer.write('a');
  // The clock goes on while no timer runs, as after SIGSTOP.
  vi.spyOn(performance, 'now').mockReturnValue(30_000);
  vi.advanceTimersByTime(SLOW_MS);
  expect(results).toEqual([]);
  vi.advanceTimersByTime(SLOW_MS);
  expect(results).toEqual(['slow']);
  vi.mocked(performance.now).mockRestore();
});

test('a file is replaced whole, a link is not followed, and a failure leaves nothing behind', async () => {
  const {path: directory} = makeHome();
  const path = join(directory, 'status.json');
  const other = join(directory, 'other');
  writeFileSync(other, 'theirs');
  symlinkSync(other, path);
  await replaceFile(path, 'ours', 0o600);
  expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['ours', 'theirs']);
  const taken = join(directory, 'taken');
  mkdirSync(taken);
  await expect(replaceFile(taken, 'ours', 0o644)).rejects.toThrow('EISDIR');
  chmodSync(taken, 0o755);
  expect(readdirSync(directory).filter(name => name.endsWith('.tmp'))).toEqual([]);
});
