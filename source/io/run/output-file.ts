import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';

/** The output file of a command, of which the last 64 KiB are kept. */
export interface OutputFile {
  /** For stdout and stderr of the command; it may outlive agent2. */
  readonly descriptor: number;
  /** The kept output since the opening. Not sanitised. */
  text(): string;
  /** Stops cutting the file. */
  close(): void;
}

const TAIL_BYTES = 65_536;
/** Cutting copies data, so it waits until it is worthwhile. */
const CUT_AT_BYTES = 262_144;
const CHECK_MS = 100;

/**
 * Opens `path` for the output of a command, emptied first unless `append`. While open, cuts it to its end repeatedly, so that
 * a talkative command fills no disk. Undefined where the file cannot be written.
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
    // A full or missing directory loses the output, never the repair.
    return undefined;
  }
  let begin = fstatSync(file).size;
  const cutIf = (tooLong: number) => {
    if (cut(file, tooLong)) begin = 0;
  };
  const timer = setInterval(() => cutIf(CUT_AT_BYTES), CHECK_MS);
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

/** Cuts in place, since the command holds the file too; loses output written at this very moment. */
function cut(file: number, tooLong: number): boolean {
  try {
    if (fstatSync(file).size <= tooLong) return false;
    const kept = readEnd(file);
    ftruncateSync(file, 0);
    writeSync(file, kept);
    return true;
  } catch {
    // A failing disk loses the output, never the repair.
    return false;
  }
}

/** The last 64 KiB of an open file, unchanged; nothing from before `begin`. */
function readEnd(file: number, begin = 0): Buffer {
  const {size} = fstatSync(file);
  const from = Math.max(begin, size - TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - from));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
}
