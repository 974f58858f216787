import type {Text} from '../../core/model/text.ts';
import {closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode, errorText} from '../error-code.ts';
import {withTry} from '../../format/try-text.ts';

/** `writtenAt` is epoch milliseconds, `uid` the owner of the file. */
export type PidFileReading =
  | {readonly kind: 'pid'; readonly pid: number; readonly writtenAt: number; readonly uid: number}
  | {readonly kind: 'missing'}
  /** `reason` names the fault and a remedy. `unfinished`: an empty, just written file, so a number may follow. */
  | {readonly kind: 'invalid'; readonly reason: Text; readonly unfinished?: true};

/** The pid files of PostgreSQL and sendmail hold more lines than the pid. */
const MAX_BYTES = 4_096;
/** The largest pid any kernel hands out (Linux, 64 bit). */
const MAX_PID = 4_194_304;
const WORLD_WRITABLE = 0o002;
/** Creating a file and writing to it take less than this. */
const WRITING_MS = 2_000;

/**
 * The pid in a trustworthy file: a regular file, not writable by everybody, whose first line is one number above 1. Never
 * throws, and never blocks (as opening a fifo would).
 */
export function readPidFile(path: string): PidFileReading {
  try {
    const named = lstatSync(path);
    const reason = distrust(path, named);
    if (reason !== undefined) return {kind: 'invalid', reason};
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      // Another file may have taken the name between `lstat` and the opening.
      const opened = fstatSync(file);
      const second = distrust(path, opened);
      return second === undefined
        ? parsePid(path, readAll(file), opened)
        : {kind: 'invalid', reason: second};
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return {kind: 'missing'};
    return {kind: 'invalid', reason: problemOf(path, error)};
  }
}

function distrust(path: string, stats: Stats): Text | undefined {
  if (!stats.isFile())
    return withTry(
      message`pid file ${path} is ${kindOf(stats)}, not a regular file`,
      `ls -ld ${path}`,
    );
  if (stats.mode & WORLD_WRITABLE)
    return withTry(
      message`pid file ${path} is writable for everybody (mode ${(stats.mode & 0o777).toString(8)})`,
      `chmod o-w ${path}`,
    );
  if (stats.size > MAX_BYTES)
    return withTry(
      message`pid file ${path} has ${stats.size} bytes, expected a number`,
      `head -c 80 ${path}`,
    );
  return undefined;
}

function parsePid(path: string, text: string, stats: Stats): PidFileReading {
  const [digits = ''] = text.trim().split(/\s*[\r\n]/, 1);
  if (sanitize(digits) === '')
    return {
      kind: 'invalid',
      reason: withTry(message`pid file ${path} is empty, expected a number`, `ls -l ${path}`),
      ...(Date.now() - stats.mtimeMs < WRITING_MS ? {unfinished: true} : {}),
    };
  if (!/^\d+$/.test(digits))
    return {
      kind: 'invalid',
      reason: withTry(
        message`pid file ${path} contains "${sanitize(digits, 20)}", expected only digits`,
        `cat ${path}`,
      ),
    };
  const pid = Number(digits);
  if (pid <= 1 || pid > MAX_PID)
    return {
      kind: 'invalid',
      reason: withTry(
        message`pid file ${path} contains ${sanitize(digits, 20)}, expected a pid from 2 to ${MAX_PID}`,
        `cat ${path}`,
      ),
    };
  return {kind: 'pid', pid, writtenAt: stats.mtimeMs, uid: stats.uid};
}

function readAll(file: number): string {
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
}

function kindOf(stats: Stats): Text {
  if (stats.isSymbolicLink()) return message`a symbolic link`;
  if (stats.isDirectory()) return message`a directory`;
  if (stats.isFIFO()) return message`a fifo`;
  return stats.isSocket() ? message`a socket` : message`a device`;
}

function problemOf(path: string, error: unknown): Text {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return withTry(
        message`pid file ${path} is not readable for this user (${String(errorCode(error))})`,
        `ls -l ${path}`,
      );
    case 'ENOTDIR':
      return withTry(
        message`pid file ${path} is below something that is not a directory`,
        `ls -ld ${path}`,
      );
    case 'ELOOP':
      return withTry(
        message`pid file ${path} is a symbolic link, not a regular file`,
        `ls -ld ${path}`,
      );
    default:
      return message`pid file ${path} cannot be read: ${errorText(error)}`;
  }
}
