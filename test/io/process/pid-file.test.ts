import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readPidFile} from '../../../source/io/process/pid-file.ts';
import {cleanUp} from '../../helpers/cleanup.ts';
import {temporaryDirectory} from '../../fixtures/services/start.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory, 'web.pid');
});
afterEach(cleanUp);

describe('a pid file', () => {
  test.each([
    ['4242'],
    ['4242\n'],
    ['  4242  \r\n'],
    // PostgreSQL and sendmail.
    [
      '4242\n/var/lib/postgresql/16/main\n1769423405\n5432\n/tmp\nlocalhost\n 5432001 32768\nready   \n',
    ],
    ['4242\n/usr/sbin/sendmail -bd -q1h\n'],
    [`4242\r\n${'x'.repeat(4_000)}`],
  ])('that holds %j names that pid', text => {
    writeFileSync(path, text);
    expect(readPidFile(path)).toMatchObject({kind: 'pid', pid: 4242, uid: process.getuid?.()});
  });

  test('that is not there is missing', () => {
    expect(readPidFile(path)).toEqual({kind: 'missing'});
  });

  test.each([
    ['', 'is empty'],
    ['abc', 'contains "abc", expected only digits'],
    ['-1', 'contains "-1"'],
    ['12 34', 'contains "12 34"'],
    ['0x10', 'contains "0x10"'],
    ['12\x1b]0;evil\x07', 'contains "12"'],
    ['0', 'contains 0'],
    ['1', 'contains 1, expected a pid from 2'],
    ['4194305', 'contains 4194305'],
    ['9'.repeat(40), 'contains 9999'],
    ['1'.repeat(1000), 'contains 1111'],
    ['web\n4242\n', 'contains "web"'],
    ['4242 4243\n', 'contains "4242 4243"'],
    ['\0'.repeat(64), 'is empty'],
    [' \n\n', 'is empty'],
    ['1'.repeat(5000), 'has 5000 bytes'],
  ])('that holds %j is not believed, and the reason says what was found', (text, reason) => {
    writeFileSync(path, text);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining(reason),
    });
    expect(readPidFile(path)).toMatchObject({reason: expect.stringContaining('; try: ')});
  });

  test('that is empty may still be written to, but not for long', () => {
    writeFileSync(path, '');
    expect(readPidFile(path)).toMatchObject({kind: 'invalid', unfinished: true});
    utimesSync(path, new Date(), new Date(Date.now() - 10_000));
    expect(readPidFile(path)).not.toHaveProperty('unfinished');
  });

  test('that everybody may write is not believed', () => {
    writeFileSync(path, '4242');
    chmodSync(path, 0o666);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('is writable for everybody (mode 666)'),
    });
  });

  test('that is a symbolic link is not believed', () => {
    writeFileSync(join(directory, 'real'), '4242');
    symlinkSync(join(directory, 'real'), path);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('a symbolic link'),
    });
  });

  test('that is a directory is not believed', () => {
    mkdirSync(path);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('a directory'),
    });
  });

  test('that is a fifo is not believed, and nobody waits for it', () => {
    execFileSync('mkfifo', [path]);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('a fifo'),
    });
  });

  test.skipIf(process.getuid?.() === 0)('that may not be read is not believed', () => {
    writeFileSync(path, '4242');
    chmodSync(path, 0o000);
    expect(readPidFile(path)).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('is not readable for this user (EACCES)'),
    });
  });
});
