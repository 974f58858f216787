import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';

/** The size of a file in bytes; 0 when there is none. */
export function sizeOf(path: string): number {
  return statSync(path, {throwIfNoEntry: false})?.size ?? 0;
}

const MOST_BYTES = 1_048_576;

/** Reads a file from `offset` on, at most its last MiB; all of it when it is now shorter (it was replaced), and nothing when it is missing. */
export function readFrom(path: string, offset: number): string {
  if (statSync(path, {throwIfNoEntry: false}) === undefined) return '';
  const file = openSync(path, 'r');
  try {
    const {size} = fstatSync(file);
    const from = Math.max(size < offset ? 0 : offset, size - MOST_BYTES);
    const buffer = Buffer.alloc(size - from);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
  }
}
