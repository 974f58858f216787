import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {sanitize, sanitizeBlock} from '../format/sanitize.ts';
import {errorCode} from './error-code.ts';

const MAX_BYTES = 65_536;

/** The last 64 KiB of a file, sanitised, its lines kept; empty when there is no such file. */
export function readTail(path: string): string {
  return sanitizeBlock(rawTail(path), MAX_BYTES);
}

/** The last line of a file that says something, sanitised; undefined when there is none. */
export function lastLine(path: string): string | undefined {
  const lines = rawTail(path).split(/[\r\n]+/);
  for (const line of lines.reverse()) {
    const text = sanitize(line);
    if (text !== '') return text;
  }
  return undefined;
}

function rawTail(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
  try {
    const buffer = Buffer.alloc(Math.min(MAX_BYTES, fstatSync(file).size));
    const length = readSync(file, buffer, 0, buffer.length, fstatSync(file).size - buffer.length);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
}
