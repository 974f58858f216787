import {closeSync, fstatSync, readSync} from 'node:fs';
import {errorCode} from '../error-code.ts';
import {openToRead} from './regular-file.ts';

/** The size of a file of agent2 itself in bytes; 0 when there is none. Throws a `FileError` for anything but a regular file. */
export function sizeOf(path: string): number {
  return withFile(path, file => fstatSync(file).size) ?? 0;
}

const MOST_BYTES = 1_048_576;

/** Reads a file from `offset` on, at most its last MiB; all of it when it is now shorter (it was replaced), and nothing when it is missing. */
export function readFrom(path: string, offset: number): string {
  const read = withFile(path, file => {
    const {size} = fstatSync(file);
    const from = Math.max(size < offset ? 0 : offset, size - MOST_BYTES);
    const buffer = Buffer.alloc(size - from);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  });
  return read ?? '';
}

function withFile<T>(path: string, use: (file: number) => T): T | undefined {
  let file: number;
  try {
    file = openToRead(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
