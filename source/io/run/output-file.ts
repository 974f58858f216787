import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/** The file that a command writes to, and what of it is kept: the last 64 KiB. */
export interface OutputFile {
  /** For stdout and stderr of the command; it may outlive us. */
  readonly descriptor: number;
  /** What was written since the opening, as far as it is kept. Not sanitised. */
  text(): string;
  /** From now on nothing is cut any more. */
  close(): void;
}

const TAIL_BYTES = 65_536;
/** Cutting costs a copy, so it waits until it is worth one. */
const CUT_AT_BYTES = 262_144;
const LOOK_MS = 100;

/**
 * Opens `path` for the output of a command, emptied first unless `append`. While it is open it is cut to its end again and again, so that
 * a command that never stops talking fills no disk. Undefined where the file cannot be written.
 */
export function openOutputFile(path: string, append: boolean): OutputFile | undefined {
  let file: number;
  try {
    file = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (append ? 0 : constants.O_TRUNC),
      0o644,
    );
  } catch {
    // A full or missing directory costs what the command says, never the repair.
    return undefined;
  }
  let begin = fstatSync(file).size;
  const cutIf = (tooLong: number) => {
    if (cut(file, tooLong)) begin = 0;
  };
  const timer = setInterval(() => cutIf(CUT_AT_BYTES), LOOK_MS);
  return {
    descriptor: file,
    text: () => readEnd(file, begin).toString('utf8'),
    close() {
      clearInterval(timer);
      cutIf(TAIL_BYTES);
      closeSync(file);
    },
  };
}

/** In place, since the command holds the file too; what it writes in this very moment is lost. */
function cut(file: number, tooLong: number): boolean {
  try {
    if (fstatSync(file).size <= tooLong) return false;
    const kept = readEnd(file);
    ftruncateSync(file, 0);
    writeSync(file, kept);
    return true;
  } catch {
    // A disk that fails costs what the command says, never the repair.
    return false;
  }
}

/** The last 64 KiB of an open file, as they are; nothing of what lies before `begin`. */
function readEnd(file: number, begin = 0): Buffer {
  const {size} = fstatSync(file);
  const from = Math.max(begin, size - TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - from));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
}
