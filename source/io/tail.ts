import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {sanitizeBlock} from '../format/sanitize.ts';
import {errorCode} from './error-code.ts';

export const TAIL_BYTES = 65_536;

/** The last 64 KiB of a file, sanitised, its lines kept; empty when there is no such file. */
export function readTail(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
  try {
    return sanitizeBlock(readEnd(file).toString('utf8'), TAIL_BYTES);
  } finally {
    closeSync(file);
  }
}

/** The last 64 KiB of an open file, as they are; nothing of what lies before `begin`. */
export function readEnd(file: number, begin = 0): Buffer {
  const {size} = fstatSync(file);
  const from = Math.max(begin, size - TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - from));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
}
