import {
  closeSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  readSync,
  writeSync,
} from 'node:fs';
import {openPrivately, openToCut, PRIVATE} from '../files/regular-file.ts';

/** Removes secrets from a text. */
export type Hide = (text: string) => string;

/** The output file of a command, of which the last 64 KiB are kept. */
export interface OutputFile {
  /** For stdout and stderr of the command; it may outlive agent2. */
  readonly descriptor: number;
  /** The kept output since the opening, without secrets. Not sanitised. */
  text(): string;
  /** Removes the secrets and closes it. A process that the command left running may write on, so the file stays bounded. */
  close(): void;
}

const TAIL_BYTES = 65_536;
/** Cutting copies data, so it waits until it is worthwhile. */
const CUT_AT_BYTES = 262_144;
const CHECK_MS = 100;

/**
 * Opens `path` for the output of a command, emptied first unless `append`, and readable for its owner alone. Cuts it to its end repeatedly, so that
 * neither a talkative command nor what it leaves running fills the disk. Undefined where the file cannot be written.
 */
export function openOutputFile(path: string, append: boolean, hide: Hide): OutputFile | undefined {
  let file: number;
  try {
    file = openPrivately(path, {emptied: !append});
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
    text: () => hide(readFrom(file, begin).toString('utf8')),
    close() {
      clearInterval(timer);
      cutIf(TAIL_BYTES);
      const clean = hideFrom(file, {from: begin, whole: true, hide});
      closeSync(file);
      bound(path, {clean, hide});
    },
  };
}

/** A bounded file as it was at the last look. */
interface Bounded {
  readonly size: number;
  /** The bytes from the start that hold no secret. */
  readonly clean: number;
  readonly hide: Hide;
}

/** One timer for all: most of them never grow. */
const bounded = new Map<string, Bounded>();
let timer: NodeJS.Timeout | undefined;

const IDLE_CHECK_MS = 5_000;
const GROWING_CHECK_MS = 1_000;
const MUCH_BYTES = 65_536;

/** Keeps the output of an ended command bounded and without secrets until the file is removed, whichever process writes it. Nothing for a missing file. */
export function boundOutput(path: string, hide: Hide): void {
  if (sizeOf(path) === undefined) return;
  // It may be of an earlier version of agent2, which let others read it.
  edit(path, tighten);
  bound(path, {clean: 0, hide});
}

function bound(path: string, {clean, hide}: Pick<Bounded, 'clean' | 'hide'>): void {
  const size = sizeOf(path);
  if (size === undefined) return;
  bounded.set(path, {size, clean, hide});
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
    const grown = Math.abs(size - before.size);
    const next = lookAt(path, size, before);
    bounded.set(path, next);
    if (grown > MUCH_BYTES) return CHECK_MS;
    return grown > 0 || next.clean < next.size ? GROWING_CHECK_MS : IDLE_CHECK_MS;
  });
  if (paces.length > 0) lookAfter(Math.min(...paces));
}

function lookAt(path: string, size: number, before: Bounded): Bounded {
  const {hide} = before;
  const known = size < before.size ? 0 : before.clean;
  if (size <= CUT_AT_BYTES && size === known) return {...before, size, clean: known};
  let clean = known;
  edit(path, file => {
    const wasCut = size > CUT_AT_BYTES && cut(file, TAIL_BYTES);
    // A line under way may hold half a secret: it is read when it has ended, or when nothing more comes.
    clean = hideFrom(file, {from: wasCut ? 0 : known, whole: size === before.size, hide});
  });
  return {size: sizeOf(path) ?? size, clean, hide};
}

function sizeOf(path: string): number | undefined {
  const found = lstatSync(path, {throwIfNoEntry: false});
  return found?.isFile() ? found.size : undefined;
}

function edit(path: string, change: (file: number) => void): void {
  try {
    const file = openToCut(path);
    try {
      change(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // As in `cut`.
  }
}

function tighten(file: number): void {
  try {
    fchmodSync(file, PRIVATE);
  } catch {
    // A file system without modes, or a file of another user: as private as it gets.
  }
}

/** Cuts in place, since the command holds the file too; loses output written at this very moment. */
function cut(file: number, tooLong: number): boolean {
  try {
    if (fstatSync(file).size <= tooLong) return false;
    const kept = readFrom(file, 0);
    ftruncateSync(file, 0);
    writeSync(file, kept);
    return true;
  } catch {
    // A failing disk loses the output, never the repair.
    return false;
  }
}

/** Removes secrets behind `from` in place, as far as the last whole line, or to the end. Returns how far the file is without secrets by now. */
function hideFrom(
  file: number,
  {from, whole, hide}: {readonly from: number; readonly whole: boolean; readonly hide: Hide},
): number {
  try {
    const bytes = readFrom(file, from);
    const start = fstatSync(file).size - bytes.length;
    const end = whole ? bytes.length : bytes.lastIndexOf(LINE_END) + 1;
    const text = bytes.subarray(0, end).toString('utf8');
    const hidden = hide(text);
    if (hidden === text) return start + end;
    const kept = Buffer.from(hidden);
    ftruncateSync(file, start);
    writeSync(file, Buffer.concat([kept, bytes.subarray(end)]));
    return start + kept.length;
  } catch {
    // As in `cut`; tried again at the next look.
    return from;
  }
}

const LINE_END = 0x0a;

/** The last 64 KiB of an open file, unchanged; nothing from before `begin`. */
function readFrom(file: number, begin: number): Buffer {
  const {size} = fstatSync(file);
  const from = Math.max(begin, size - TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - from));
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
}
