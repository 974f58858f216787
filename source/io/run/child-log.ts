import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import {say} from '../../core/text/say.ts';
import {errorText} from '../error-code.ts';

/**
 * The file that a child writes to by itself, not through us: it can go on writing when we are gone (killed, or the loop was handed over to another
 * process), where a pipe would break and end it.
 */
export interface ChildLog {
  /** A descriptor for stdout and stderr of the child, to be closed once the child has it; undefined, and told, where the file cannot be written. */
  open(): number | undefined;
  /** From here on the file is kept bounded, whoever writes to it. */
  follow(): void;
  close(): void;
}

const MAX_BYTES = 1_048_576;
const LOOK_MS = 1_000;
/** While much is written. */
const BUSY_LOOK_MS = 100;
const MUCH_BYTES = 65_536;

/**
 * A file for output that is kept to about `maxBytes`: what is in it by then becomes `.1`, replacing an older one, and it is emptied in place, since the
 * child holds the file, not its name. What is written in that very moment is lost, and between two looks it may be longer. `onProblem` hears once
 * that it cannot be written, until it can.
 */
export function openChildLog(
  path: string,
  onProblem: (text: string) => void,
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
      if (!failing) onProblem(say`${path} cannot be written: ${errorText(error)}`);
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
      writeFileSync(`${path}.1`, wholeLines(readEnd(file, size, maxBytes)), {mode: 0o644});
      ftruncateSync(file, 0);
    });
    timer = setTimeout(
      look,
      Math.abs(size - before) > Math.min(MUCH_BYTES, maxBytes) ? BUSY_LOOK_MS : LOOK_MS,
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
    open: () =>
      attempt(() =>
        openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o644),
      ),
    follow() {
      close();
      file = attempt(() => openSync(path, constants.O_RDWR | constants.O_APPEND));
      look();
    },
    close,
  };
}

function readEnd(file: number, size: number, most: number): Buffer {
  const buffer = Buffer.alloc(Math.min(size, most));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, size - buffer.length));
}

/** Half a line at the front tells nothing, and half a secret is not recognised as one. */
function wholeLines(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n');
  return end < 0 ? bytes : bytes.subarray(end + 1);
}
