import {closeSync, fstatSync, readSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {createGunzip} from 'node:zlib';
import {errorCode} from '../error-code.ts';
import {openToRead, streamFrom} from '../files/regular-file.ts';
import type {LogPart} from './log-files.ts';

const BLOCK = 262_144;
/** The kept start of a longer line. */
const MOST_LENGTH = 65_536;

/** Joins chunks of bytes into lines. */
export function createLines(): {take(chunk: Buffer): string[]; rest(): string[]} {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    take(chunk) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(0, MOST_LENGTH);
      return lines.map(tidy);
    },
    rest() {
      const last = rest;
      rest = '';
      return last === '' ? [] : [tidy(last)];
    },
  };
}

function tidy(line: string): string {
  return (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, MOST_LENGTH);
}

/**
 * The lines of one file in batches as read; from `from` on, without a partial first line, up to `to`. Reads a
 * compressed file always whole. A missing file has no lines; a damaged archive gives its readable part.
 */
export async function* linesOf(
  {path, gz}: LogPart,
  {from = 0, to = Infinity}: {readonly from?: number; readonly to?: number} = {},
): AsyncGenerator<readonly string[]> {
  if (!gz && from >= to) return;
  const lines = createLines();
  const begin = gz ? 0 : Math.max(0, from - 1);
  let skipping = begin < from && !gz;
  const fd = openIfThere(path);
  if (fd === undefined) return;
  const stream = streamFrom(fd, gz ? {} : {start: begin, end: to - 1, highWaterMark: BLOCK});
  const gunzip = gz ? createGunzip({chunkSize: BLOCK}) : undefined;
  if (gunzip) stream.on('error', error => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const chunk of (gunzip ?? stream) as AsyncIterable<Buffer>) {
      const found = lines.take(chunk);
      if (skipping && found.length > 0) {
        found.shift();
        skipping = false;
      }
      yield found;
    }
    if (!skipping) yield lines.rest();
  } catch (error) {
    if (!['Z_DATA_ERROR', 'Z_BUF_ERROR'].includes(errorCode(error) ?? '')) throw error;
    yield lines.rest();
  } finally {
    stream.destroy();
    gunzip?.destroy();
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openToRead(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The offset in a plain file before all entries of `at` or later, found by bisection: times rise in a log, except where a clock was set back.
 * `timeOf` reads the time of a line that begins an entry.
 */
export function offsetOf(
  path: string,
  at: number,
  timeOf: (line: string) => number | undefined,
): number {
  const file = openToRead(path);
  try {
    let low = 0;
    let high = fstatSync(file).size;
    while (high - low > BLOCK) {
      const middle = Math.floor((low + high) / 2);
      const found = firstTime(file, middle, high, timeOf);
      if (found === undefined || found >= at) high = middle;
      else low = middle;
    }
    return low;
  } finally {
    closeSync(file);
  }
}

/** Past that no log is looked for, as in a file with a hole: then more of it is read, and nothing missed. */
const MOST_WITHOUT_TIME = 16_777_216;

function firstTime(
  file: number,
  from: number,
  to: number,
  timeOf: (line: string) => number | undefined,
): number | undefined {
  const buffer = Buffer.alloc(BLOCK / 4);
  const lines = createLines();
  let skipping = true;
  const end = Math.min(to, from + MOST_WITHOUT_TIME);
  for (let position = from; position < end; position += buffer.length) {
    const count = readSync(file, buffer, 0, buffer.length, position);
    if (count === 0) return undefined;
    for (const line of lines.take(buffer.subarray(0, count))) {
      const time = skipping ? undefined : timeOf(line);
      skipping = false;
      if (time !== undefined) return time;
    }
  }
  return undefined;
}
