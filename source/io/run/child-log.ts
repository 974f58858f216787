import type {Text} from '../../core/model/text.ts';
import {closeSync, fstatSync, ftruncateSync, readSync} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {faultOfFile} from '../files/file-error.ts';
import {openPrivately, openToCut, PRIVATE} from '../files/regular-file.ts';

/**
 * A file that the child writes itself: it can continue after agent2's end (killed, or the loop was handed over to another
 * process), where a pipe would break and end it.
 */
export interface ChildLog {
  /** A descriptor for stdout and stderr of the child, closed after the start; undefined, with a report, where the file cannot be written. */
  open(): number | undefined;
  /** Bounds the file from here on, whichever process writes it. */
  follow(): void;
  close(): void;
}

const MAX_BYTES = 1_048_576;
const CHECK_MS = 1_000;
/** For fast writers. */
const BUSY_CHECK_MS = 100;
const MUCH_BYTES = 65_536;

/**
 * Keeps an output file to about `maxBytes`: copies its content to `.1`, replacing an older one, and empties it in place, since the
 * child holds the file, not its name. Loses output written at that very moment, and may exceed the limit between two checks. `onProblem` reports
 * once that it cannot be written, until it can.
 */
export function openChildLog(
  path: string,
  onProblem: (text: Text) => void,
  maxBytes = MAX_BYTES,
): ChildLog {
  let file: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let size = 0;
  let failing = false;

  function attempt<T>(work: () => T): T | undefined {
    try {
      const result = work();
      failing = false;
      return result;
    } catch (error) {
      if (!failing) onProblem(message`${path} cannot be written: ${faultOfFile(path, error)}`);
      failing = true;
      return undefined;
    }
  }

  function look(): void {
    const before = size;
    attempt(() => {
      if (file === undefined) return;
      size = fstatSync(file).size;
      if (size <= maxBytes) return;
      writeAtomically(`${path}.1`, wholeLines(readEnd(file, size, maxBytes)), PRIVATE);
      ftruncateSync(file, 0);
    });
    timer = setTimeout(
      look,
      Math.abs(size - before) > Math.min(MUCH_BYTES, maxBytes) ? BUSY_CHECK_MS : CHECK_MS,
    );
    timer.unref();
  }

  function close(): void {
    clearTimeout(timer);
    if (file !== undefined) closeSync(file);
    file = undefined;
    size = 0;
  }

  return {
    open: () => attempt(() => openPrivately(path)),
    follow() {
      close();
      file = attempt(() => openToCut(path));
      look();
    },
    close,
  };
}

function readEnd(file: number, size: number, most: number): Buffer {
  const buffer = Buffer.alloc(Math.min(size, most));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, size - buffer.length));
}

/** Drops a partial first line, since half a secret is not recognised. */
function wholeLines(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n');
  return end < 0 ? bytes : bytes.subarray(end + 1);
}
