import {closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats} from 'node:fs';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode, errorText} from '../error-code.ts';
import {describeProcess} from './processes.ts';

/** `writtenAt` is epoch milliseconds, `uid` the owner of the file. */
export type PidFileReading =
  | {readonly kind: 'pid'; readonly pid: number; readonly writtenAt: number; readonly uid: number}
  | {readonly kind: 'missing'}
  /** `reason` names the fault and a remedy. `unfinished`: an empty, just written file, so a number may follow. */
  | {readonly kind: 'invalid'; readonly reason: string; readonly unfinished?: true};

const MAX_BYTES = 64;
/** The largest pid any kernel hands out (Linux, 64 bit). */
const MAX_PID = 4_194_304;
const WORLD_WRITABLE = 0o002;
/** Creating a file and writing to it take less than this. */
const WRITING_MS = 2_000;

/**
 * The pid in a trustworthy file: a regular file, not writable by everybody, that contains one
 * number above 1 and nothing else. Never throws, and never blocks (as opening a fifo would).
 */
export function readPidFile(path: string): PidFileReading {
  try {
    const named = lstatSync(path);
    const reason = distrust(path, named);
    if (reason !== undefined) return {kind: 'invalid', reason};
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      // Another file may have taken the name between the look and the opening.
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

/**
 * Whether a pid file of `fileUid` may mean the process with that pid: it runs as this user or as the owner of the file.
 * A file of root may name any process.
 */
export function mayOwn(pid: number, fileUid: number): boolean {
  const uid = describeProcess(pid)?.uid;
  return uid !== undefined && (uid === process.geteuid?.() || uid === fileUid || fileUid === 0);
}

function distrust(path: string, stats: Stats): string | undefined {
  if (!stats.isFile())
    return say`pid file ${path} is ${kindOf(stats)}, a regular file is wanted; try: ls -ld ${path}`;
  if (stats.mode & WORLD_WRITABLE)
    return say`pid file ${path} can be written by everybody (mode ${(stats.mode & 0o777).toString(8)}); try: chmod o-w ${path}`;
  if (stats.size > MAX_BYTES)
    return say`pid file ${path} holds ${stats.size} bytes, one number is wanted; try: head -c 80 ${path}`;
  return undefined;
}

function parsePid(path: string, text: string, stats: Stats): PidFileReading {
  const digits = text.trim();
  if (digits === '')
    return {
      kind: 'invalid',
      reason: say`pid file ${path} is empty, a number is wanted; try: ls -l ${path}`,
      ...(Date.now() - stats.mtimeMs < WRITING_MS ? {unfinished: true} : {}),
    };
  if (!/^\d+$/.test(digits))
    return {
      kind: 'invalid',
      reason: say`pid file ${path} holds "${sanitize(digits, 20)}", digits only are wanted; try: cat ${path}`,
    };
  const pid = Number(digits);
  if (pid <= 1 || pid > MAX_PID)
    return {
      kind: 'invalid',
      reason: say`pid file ${path} names ${sanitize(digits, 20)}, a pid from 2 to ${MAX_PID} is wanted; try: cat ${path}`,
    };
  return {kind: 'pid', pid, writtenAt: stats.mtimeMs, uid: stats.uid};
}

function readAll(file: number): string {
  const buffer = Buffer.alloc(MAX_BYTES + 1);
  return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return say`a symbolic link`;
  if (stats.isDirectory()) return say`a directory`;
  if (stats.isFIFO()) return say`a fifo`;
  return stats.isSocket() ? say`a socket` : say`a device`;
}

function problemOf(path: string, error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return say`pid file ${path} may not be read by this user (${String(errorCode(error))}); try: ls -l ${path}`;
    case 'ENOTDIR':
      return say`pid file ${path} lies below something that is no directory; try: ls -ld ${path}`;
    case 'ELOOP':
      return say`pid file ${path} is a symbolic link, a regular file is wanted; try: ls -ld ${path}`;
    default:
      return say`pid file ${path} cannot be read: ${errorText(error)}`;
  }
}
