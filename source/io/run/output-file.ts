import {closeSync, fstatSync, ftruncateSync, lstatSync, readSync, writeSync} from 'node:fs';
import {openToAppend, openToCut} from '../files/regular-file.ts';

/** The output file of a command, of which the last 64 KiB are kept. */
export interface OutputFile {
  /** For stdout and stderr of the command; it may outlive agent2. */
  readonly descriptor: number;
  /** The kept output since the opening. Not sanitised. */
  text(): string;
  /** Closes it. A process that the command left running may write on, so the file stays bounded. */
  close(): void;
}

const TAIL_BYTES = 65_536;
/** Cutting copies data, so it waits until it is worthwhile. */
const CUT_AT_BYTES = 262_144;
const CHECK_MS = 100;

/**
 * Opens `path` for the output of a command, emptied first unless `append`. Cuts it to its end repeatedly, so that
 * neither a talkative command nor what it leaves running fills the disk. Undefined where the file cannot be written.
 */
export function openOutputFile(path: string, append: boolean): OutputFile | undefined {
  let file: number;
  try {
    file = openToAppend(path, {emptied: !append});
  } catch {
    // A full or missing directory, or what lies in the place of the file, loses the output, never the repair.
    return undefined;
  }
  bounded.delete(path);
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
      boundOutput(path);
    },
  };
}

/** The size of each bounded file at the last look. One timer for all: most of them never grow. */
const bounded = new Map<string, number>();
let timer: NodeJS.Timeout | undefined;

const IDLE_CHECK_MS = 5_000;
const GROWING_CHECK_MS = 1_000;
const MUCH_BYTES = 65_536;

/** Keeps the output of an ended command bounded until the file is removed, whichever process writes it. Nothing for a missing file. */
export function boundOutput(path: string): void {
  const size = sizeOf(path);
  if (size === undefined) return;
  bounded.set(path, size);
  lookAfter(CHECK_MS);
}

function lookAfter(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(look, ms);
  timer.unref();
}

function look(): void {
  const paces = [...bounded].flatMap(([path, before]) => {
    const size = sizeOf(path);
    if (size === undefined) {
      bounded.delete(path);
      return [];
    }
    if (size > CUT_AT_BYTES) cutAt(path);
    bounded.set(path, size);
    const grown = Math.abs(size - before);
    return grown > MUCH_BYTES ? CHECK_MS : grown > 0 ? GROWING_CHECK_MS : IDLE_CHECK_MS;
  });
  if (paces.length > 0) lookAfter(Math.min(...paces));
}

function sizeOf(path: string): number | undefined {
  const found = lstatSync(path, {throwIfNoEntry: false});
  return found?.isFile() ? found.size : undefined;
}

function cutAt(path: string): void {
  try {
    const file = openToCut(path);
    cut(file, TAIL_BYTES);
    closeSync(file);
  } catch {
    // As in `cut`.
  }
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
