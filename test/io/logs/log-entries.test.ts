import {mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {LogEntry} from '../../../source/documents/log-entry.ts';
import {logTime} from '../../../source/format/time.ts';
import {entriesOf, lastEntries, type Selection} from '../../../source/io/logs/log-entries.ts';
import {compress, compressibleIn} from '../../../source/io/logs/housekeeping.ts';
import {logFilesOf} from '../../../source/io/logs/log-files.ts';
import {rotate} from '../../../source/io/logs/rotate.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'agent2-logs-'));
  path = join(directory, 'agent2.log');
});
afterEach(() => rmSync(directory, {recursive: true, force: true}));

const T0 = Date.UTC(2026, 0, 27, 10);
const line = (minute: number, text = `no ${minute}`, level = 'INFO') =>
  `${logTime(T0 + minute * 60_000)} - Agent2 - ${level} - web: ${text}\n`;
const all: Selection = {since: -Infinity, until: Infinity, matches: () => true};
const between = (from: number, to: number): Selection => {
  const [since, until] = [T0 + from * 60_000, T0 + to * 60_000];
  return {since, until, matches: ({at}) => at !== undefined && at >= since && at <= until};
};
const put = (name: string, text: string | Buffer, minute: number) => {
  writeFileSync(join(directory, name), text);
  utimesSync(join(directory, name), (T0 + minute * 60_000) / 1000, (T0 + minute * 60_000) / 1000);
};

async function messages(wanted: Selection): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entries of entriesOf(logFilesOf(path), wanted))
    found.push(...entries.map(({message}) => message));
  return found;
}
const last = async (count: number, wanted = all) =>
  (await lastEntries(logFilesOf(path), count, wanted)).map(({message}) => message);

describe('a log of several files', () => {
  beforeEach(() => {
    put('agent2.log-20260126.gz', gzipSync(line(0)), 0);
    put('agent2.log.2.gz', gzipSync(line(1)), 1);
    put('agent2.log.1', line(2) + '    at a stack trace\nfrom elsewhere\n' + line(3), 3);
    put(
      'agent2.log',
      JSON.stringify({
        timestamp: new Date(T0 + 4 * 60_000).toISOString(),
        level: 'error',
        target: 'web',
        kind: 'down',
        message: 'no 4',
      }) +
        '\n' +
        line(5),
      5,
    );
    put('agent2.log.1.123.tmp', line(9), 9);
    put('agent2.logs', line(9), 9);
  });

  test('is read in order, compressed or not, text or JSON, and lines that belong together stay so', async () => {
    expect(await messages(all)).toEqual([
      'no 0',
      'no 1',
      'no 2\n    at a stack trace\nfrom elsewhere',
      'no 3',
      'no 4',
      'no 5',
    ]);
    expect((await lastEntries(logFilesOf(path), 2, all))[0]).toMatchObject({
      level: 'error',
      target: 'web',
      kind: 'down',
      text: line(4, 'no 4', 'ERROR').trimEnd(),
    });
  });

  test('is read from its end for the last entries', async () => {
    expect(await last(1)).toEqual(['no 5']);
    expect(await last(3)).toEqual(['no 3', 'no 4', 'no 5']);
    expect(await last(100)).toHaveLength(6);
    expect(await last(2, between(1, 3))).toEqual([
      'no 2\n    at a stack trace\nfrom elsewhere',
      'no 3',
    ]);
  });

  test('is read between two times', async () => {
    expect(await messages(between(1, 2))).toEqual([
      'no 1',
      'no 2\n    at a stack trace\nfrom elsewhere',
    ]);
  });
});

test('a big file is entered where the time is, found by halving, foreign lines or not', async () => {
  const junk = 'x'.repeat(3_000) + '\n';
  let text = 'a line from before\n';
  for (let minute = 0; minute < 1_000; minute++)
    text += line(minute) + (minute % 3 === 0 ? junk : '');
  put('agent2.log', text, 1_000);
  expect(await messages(between(700, 702))).toEqual([
    'no 700',
    'no 701',
    `no 702\n${junk.trimEnd()}`,
  ]);
  expect(await last(2, between(0, 500))).toEqual(['no 499', 'no 500']);
  expect((await last(1_001))[0]).toBe('a line from before');
});

test('a broken archive gives what can be unpacked, and an empty directory nothing', async () => {
  expect(await messages(all)).toEqual([]);
  const packed = gzipSync(line(0) + line(1));
  put('agent2.log.1.gz', packed.subarray(0, packed.length - 12), 1);
  put('agent2.log', line(2), 2);
  expect((await messages(all)).at(-1)).toBe('no 2');
});

test.each(['plain', 'compressed'])(
  'a log that is rotated while it is read loses no entry, %s or not',
  async kind => {
    put('agent2.log.1', line(1), 1);
    put('agent2.log', line(2), 2);
    const listed = logFilesOf(path);
    await rotate(path, 5);
    put('agent2.log', line(3), 3);
    if (kind === 'compressed')
      for (const {path, ino} of compressibleIn(directory)) await compress(path, ino);
    const texts = (entries: readonly LogEntry[]) => entries.map(({message}) => message);
    expect(texts(await lastEntries(listed, 5, all))).toEqual(['no 1', 'no 2']);
    const found: LogEntry[] = [];
    for await (const entries of entriesOf(listed, between(0, 9))) found.push(...entries);
    expect(texts(found)).toEqual(['no 1', 'no 2']);
  },
);
