import {closeSync, fstatSync, readSync} from 'node:fs';
import {statsAt} from '../files/directory.ts';
import {setTimeout as pause} from 'node:timers/promises';
import {errorCode} from '../error-code.ts';
import {openToRead} from '../files/regular-file.ts';
import {logFilesOf} from './log-files.ts';
import {createLines} from './log-lines.ts';

/** The reading position in a log: the file and the byte. */
export interface LogPlace {
  readonly ino?: number;
  readonly offset: number;
}

const LOOK_MS = 200;
const BLOCK = 262_144;

/**
 * Yields the lines written from `place` on until `signal` is aborted, an empty list when there are none. Follows rotation and
 * truncation, and waits for a missing file. Polling is cheap, and works on every file system.
 */
export async function* followLog(
  path: string,
  place: LogPlace,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  let open: Open | undefined;
  let {ino, offset} = place;
  try {
    while (!signal.aborted) {
      open ??= openNext(path, ino, offset);
      if (open) {
        // Checks for a new file first, so that late lines in the old one are read before it.
        const moved = isWritten(path, open.ino);
        yield* readOn(open);
        if (moved) {
          [ino, offset] = [open.ino, Infinity];
          closeSync(open.file);
          open = undefined;
          continue;
        }
      }
      yield [];
      await pause(LOOK_MS, undefined, {signal}).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  } finally {
    if (open) closeSync(open.file);
  }
}

interface Open {
  readonly file: number;
  readonly ino: number;
  readonly lines: ReturnType<typeof createLines>;
  offset: number;
}

/** The file being read, while it has more; else the one after it, which may have been rotated too by now. */
function openNext(path: string, ino: number | undefined, offset: number): Open | undefined {
  const parts = logFilesOf(path).filter(({gz}) => !gz);
  const at = parts.findIndex(part => part.ino === ino);
  const next = at < 0 ? parts.at(-1) : offset === Infinity ? parts[at + 1] : parts[at];
  // An old file alone is not the awaited one.
  if (!next || (at < 0 && next.number !== 0)) return undefined;
  try {
    const file = openToRead(next.path);
    return {
      file,
      ino: fstatSync(file).ino,
      lines: createLines(),
      offset: next.ino === ino ? offset : 0,
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new file that already has content: an empty one waits until its writer switches to it. */
function isWritten(path: string, ino: number): boolean {
  const stats = statsAt(path);
  return stats !== undefined && stats.ino !== ino && stats.size > 0;
}

function* readOn(open: Open): Generator<readonly string[]> {
  const {size} = fstatSync(open.file);
  if (size < open.offset) Object.assign(open, {offset: 0, lines: createLines()});
  const buffer = Buffer.alloc(Math.min(BLOCK, Math.max(0, size - open.offset)));
  while (open.offset < size) {
    const count = readSync(open.file, buffer, 0, buffer.length, open.offset);
    if (count === 0) return;
    open.offset += count;
    yield open.lines.take(buffer.subarray(0, count));
  }
}
