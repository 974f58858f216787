import type {Text} from '../../core/model/text.ts';
import {closeSync, fstatSync, readSync, type Stats} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {formatBytes} from '../../format/bytes.ts';
import {FileError, fileError} from './file-error.ts';
import {openToRead, type Reached} from './regular-file.ts';

export type FileReading =
  | {readonly kind: 'bytes'; readonly bytes: Buffer; readonly stats: Stats}
  | {readonly kind: 'missing'}
  /** `reason` follows the name of the file: `is a directory, …`. */
  | {readonly kind: 'refused'; readonly reason: Text};

/** The most of a document with a part for each target, like a status or a memory: thousands of targets need a third of it. */
export const MOST_OF_ALL_TARGETS = 67_108_864;
const MOST = 1_048_576;

/** Reads a regular file of at most `maxBytes`, also by links; `stats` describes the very file that it read. Never blocks. */
export function readBounded(path: string, maxBytes: number): FileReading {
  try {
    return {kind: 'bytes', ...readWhole(path, maxBytes, 'by-links')};
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return ['ENOENT', 'ENOTDIR'].includes(error.code)
      ? {kind: 'missing'}
      : {kind: 'refused', reason: error.fault};
  }
}

/** The text of a file of agent2 itself, of at most `maxBytes`; undefined when there is none. Never blocks. Throws a `FileError`. */
export function readIfThere(path: string, maxBytes = MOST): string | undefined {
  try {
    return readWhole(path, maxBytes, 'own').bytes.toString('utf8');
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The first `maxBytes` of a file of agent2 itself; undefined when there is none. Never blocks. Throws a `FileError`. */
export function readBeginning(path: string, maxBytes: number): string | undefined {
  try {
    return withFile(path, 'own', file => readUpTo(file, maxBytes)).toString('utf8');
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readWhole(path: string, maxBytes: number, reached: Reached) {
  return withFile(path, reached, file => {
    const stats = fstatSync(file);
    // A file in /proc says that it has no bytes.
    if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
    const bytes = readUpTo(file, maxBytes + 1);
    if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
    return {bytes, stats};
  });
}

function withFile<T>(path: string, reached: Reached, use: (file: number) => T): T {
  const file = openToRead(path, reached);
  try {
    return use(file);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    closeSync(file);
  }
}

function tooLarge(path: string, maxBytes: number): FileError {
  return new FileError(
    path,
    message`is larger than ${formatBytes(maxBytes)}, the most that is read`,
    'EFBIG',
  );
}

function readUpTo(file: number, most: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length < most;) {
    const part = Buffer.alloc(Math.min(65_536, most - length));
    const count = readSync(file, part, 0, part.length, null);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    length += count;
  }
  return Buffer.concat(parts);
}
