import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {errorCode} from '../error-code.ts';
import {logFilesOf} from './log-files.ts';
import {createLines} from './log-lines.ts';

/** How far a log was read: in which file, up to which byte. */
export interface LogPlace {
  readonly ino?: number;
  readonly offset: number;
}

const LOOK_MS = 200;
const BLOCK = 262_144;

/**
 * Gives the lines that are written from `place` on until `signal` is aborted, an empty list where there are none just now. Goes on over rotation and
 * truncation, and waits for a file that is not there yet. Looking is cheap, and works on every file system.
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
        // Looked at first: what goes into the old file before the new one is written is read with it.
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

/** The file that was read, where there is more in it to come; else the one after it, which may have been rotated too by now. */
function openNext(path: string, ino: number | undefined, offset: number): Open | undefined {
  const parts = logFilesOf(path).filter(({gz}) => !gz);
  const at = parts.findIndex(part => part.ino === ino);
  const next = at < 0 ? parts.at(-1) : offset === Infinity ? parts[at + 1] : parts[at];
  // An old one alone is not what is waited for.
  if (!next || (at < 0 && next.number !== 0)) return undefined;
  try {
    const file = openSync(next.path, 'r');
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

/** Another file stands there and somebody writes it already: one that was only made for the writer to change to is left until then. */
function isWritten(path: string, ino: number): boolean {
  const stats = statSync(path, {throwIfNoEntry: false});
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
