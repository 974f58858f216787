import {
  closeSync,
  constants,
  fchmodSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  statSync,
  type ReadStream,
  type Stats,
  type WriteStream,
} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {withTry} from '../../format/try-text.ts';
import {errorCode} from '../error-code.ts';
import {FileError, fileError, otherKind} from './file-error.ts';

/**
 * `own`: a file of agent2 itself, where a symbolic link is somebody's trap; other files, like a mounted secret, may be reached
 * by links.
 */
export type Reached = 'own' | 'by-links';

/**
 * Opens a regular file for reading. Never waits, as opening a fifo would, and opens no device, since some act when they are
 * opened. The caller closes it. Throws a `FileError`.
 */
export function openToRead(path: string, reached: Reached = 'own'): number {
  return openRegular(path, constants.O_RDONLY, reached);
}

/** Opens an existing regular file for reading and writing at its end. The caller closes it. Throws a `FileError`. */
export function openToCut(path: string): number {
  const file = openRegular(path, constants.O_RDWR | constants.O_APPEND, 'own');
  return checked(file, path);
}

/**
 * Opens a file for appending, made if missing, or emptied if `emptied`. As root, only a file of root that has no second name: anything else may be
 * somebody else's file. The caller closes it. Throws a `FileError`.
 */
export function openToAppend(
  path: string,
  {mode = 0o644, emptied = false}: {readonly mode?: number; readonly emptied?: boolean} = {},
): number {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
  const file = checked(openRegular(path, flags, 'own', mode), path);
  try {
    // Not by O_TRUNC: only what was recognised may be emptied.
    if (emptied) ftruncateSync(file, 0);
    return file;
  } catch (error) {
    closeSync(file);
    throw fileError(path, error);
  }
}

/** What an open file holds, from `start` to `end` (inclusive, in bytes) where they are given. The stream closes it. */
export function streamFrom(
  file: number,
  options: {
    readonly start?: number;
    readonly end?: number;
    readonly highWaterMark?: number;
    readonly encoding?: BufferEncoding;
    readonly autoClose?: boolean;
  },
): ReadStream {
  return createReadStream('', {...options, fd: file});
}

/** Writes to an open file; safe on its disk at the end of the stream, which closes it. */
export function streamInto(file: number): WriteStream {
  return createWriteStream('', {fd: file, flush: true});
}

/** The mode of a file that may hold secrets, like the output of a command. */
export const PRIVATE = 0o600;

/** Opens a file for appending that its owner alone may read; one of an earlier version of agent2 was readable for everybody. Throws a `FileError`. */
export function openPrivately(path: string, {emptied = false} = {}): number {
  const file = openToAppend(path, {mode: PRIVATE, emptied});
  try {
    fchmodSync(file, PRIVATE);
  } catch {
    // A file system without modes: as private as it gets.
  }
  return file;
}

/** The name of an open file, for a library that opens by name alone. */
export function nameOfOpen(file: number): string {
  return process.platform === 'linux' ? `/proc/self/fd/${file}` : `/dev/fd/${file}`;
}

function openRegular(path: string, flags: number, reached: Reached, mode?: number): number {
  const own = reached === 'own';
  const found = statsOf(path, own);
  const other = found && otherKind(path, found);
  if (other) throw other;
  let file: number;
  try {
    const safe = constants.O_NONBLOCK | constants.O_NOCTTY | (own ? constants.O_NOFOLLOW : 0);
    file = openSync(path, flags | safe, mode);
  } catch (error) {
    throw fileError(path, error);
  }
  try {
    // Another file may have taken the name meanwhile.
    const changed = otherKind(path, fstatSync(file));
    if (changed) throw changed;
    return file;
  } catch (error) {
    closeSync(file);
    throw fileError(path, error);
  }
}

function statsOf(path: string, own: boolean): Stats | undefined {
  try {
    return own ? lstatSync(path) : statSync(path);
  } catch (error) {
    // Opening makes it, or says the same.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileError(path, error);
  }
}

function checked(file: number, path: string): number {
  try {
    if (process.geteuid?.() === 0) refuseOthers(path, fstatSync(file));
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** As root. Throws a `FileError`. */
export function refuseOthers(path: string, {uid, nlink}: Stats): void {
  if (uid !== 0)
    throw new FileError(
      path,
      withTry(message`belongs to the user ${uid}, but agent2 runs as root`, `chown root ${path}`),
      'EPERM',
    );
  if (nlink > 1)
    throw new FileError(
      path,
      withTry(
        message`has a second name and may be another's file, but agent2 runs as root`,
        `ls -l ${path}`,
      ),
      'EPERM',
    );
}
