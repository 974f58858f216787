import {execFileSync} from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lastLines} from '../../../source/io/logs/last-lines.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {quickest} from '../../helpers/quickest.ts';

let directory: string;
let log: string;

beforeEach(() => {
  directory = temporaryDirectory();
  log = join(directory, 'service.log');
});
afterEach(cleanUp);

test('are the last ones of the file, however they end', async () => {
  writeFileSync(log, Array.from({length: 30}, (_, index) => `line ${index}\r\n`).join(''));
  expect(await lastLines(log, 3)).toEqual({kind: 'lines', text: 'line 27\nline 28\nline 29'});
  expect(await lastLines(log, 100)).toMatchObject({text: expect.stringMatching(/^line 0\n/)});
});

test('of a log of 100 MB cost no more than its end', async () => {
  const file = openSync(log, 'w');
  ftruncateSync(file, 100_000_000);
  writeSync(file, '\nnext to last\nlast\n', 100_000_000);
  closeSync(file);
  const tookMs = await quickest(500, async () => {
    const startedAt = performance.now();
    expect(await lastLines(log, 2)).toEqual({kind: 'lines', text: 'next to last\nlast'});
    return performance.now() - startedAt;
  });
  expect(tookMs).toBeLessThan(500);
});

test('begin with a whole line, and of one endless line with a whole word', async () => {
  writeFileSync(log, `${'x'.repeat(70_000)}\nlast`);
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: 'last'});
  writeFileSync(log, `${'secret'.repeat(12_000)} word`);
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: ' word'});
});

test('of a log that is no text are whatever it holds', async () => {
  writeFileSync(
    log,
    Buffer.from(Array.from({length: 100_000}, (_, index) => (index * 7919) % 256)),
  );
  expect(await lastLines(log, 20)).toMatchObject({kind: 'lines'});
});

test('of a log that was just rotated are those of its older part', async () => {
  writeFileSync(log, 'before\n');
  renameSync(log, `${log}.1`);
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: 'before'});
  writeFileSync(log, '');
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: 'before'});
  writeFileSync(log, 'after\n');
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: 'after'});
});

test('are read through a link, as logs of containers are', async () => {
  writeFileSync(join(directory, 'real'), 'line\n');
  symlinkSync(join(directory, 'real'), log);
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: 'line'});
});

test('of what is not a regular file are refused at once, with the reason', async () => {
  execFileSync('mkfifo', [log]);
  expect(await lastLines(log, 20)).toEqual({
    kind: 'unreadable',
    reason: `${log} is a fifo, not a regular file`,
  });
  expect(await lastLines('/dev/zero', 20)).toEqual({
    kind: 'unreadable',
    reason: '/dev/zero is a device, not a regular file',
  });
  mkdirSync(join(directory, 'd'));
  expect(await lastLines(join(directory, 'd'), 20)).toMatchObject({
    reason: expect.stringContaining('is a directory'),
  });
});

test('of a log that is not there, or empty, are none', async () => {
  expect(await lastLines(log, 20)).toEqual({kind: 'unreadable', reason: 'there is no such file'});
  writeFileSync(log, '');
  expect(await lastLines(log, 20)).toEqual({kind: 'lines', text: ''});
});
