import {closeSync, fstatSync, readSync} from 'node:fs';
import {errorLineOf} from '../../core/text/error-line.ts';
import {openToRead} from '../files/regular-file.ts';
import {sanitize} from '../../format/sanitize.ts';

const MAX_BYTES = 16_384;
const LINE_CHARACTERS = 200;

/**
 * The line with the error in what a child wrote since its file had `before` bytes; undefined where there is none, or the file cannot be read, since then
 * the end of the child is known without it.
 */
export function lastErrorIn(logFile: string, before: number): string | undefined {
  try {
    const file = openToRead(logFile);
    try {
      const {size} = fstatSync(file);
      // A shorter file was emptied meanwhile.
      const start = Math.max(size < before ? 0 : before, size - MAX_BYTES);
      const buffer = Buffer.alloc(size - start);
      const text = buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, start));
      const line = errorLineOf(text.split(/\r?\n/), LINE_CHARACTERS);
      return line === undefined ? undefined : sanitize(line, LINE_CHARACTERS);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
