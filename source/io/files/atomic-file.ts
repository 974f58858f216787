import {randomBytes} from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import {errorCode} from '../error-code.ts';
import {FileError, fileError} from './file-error.ts';

/**
 * Replaces a file so that a reader sees the old text or the new one, never half of it. A link of that name is replaced, not
 * followed. Throws a `FileError`; the old file then stays.
 */
export function writeAtomically(path: string, content: string | Uint8Array, mode = 0o644): void {
  const temporary = temporaryName(path);
  try {
    writeExclusively(temporary, content, {mode});
    renameSync(temporary, path);
  } catch (error) {
    dropUnfinished(temporary);
    // Its private name would make each failure look new.
    throw error instanceof FileError
      ? new FileError(path, error.fault, error.code)
      : fileError(path, error);
  }
}

/** Writes a file that must not exist yet, not even as a link. Throws a `FileError`, `EEXIST` where the name is taken. */
export function writeExclusively(
  path: string,
  content: string | Uint8Array,
  {mode = 0o644, flushed = false}: {readonly mode?: number; readonly flushed?: boolean} = {},
): void {
  const file = openExclusively(path, mode);
  try {
    writeFileSync(file, content);
    if (flushed) fsyncSync(file);
  } catch (error) {
    dropUnfinished(path);
    throw fileError(path, error);
  } finally {
    closeSync(file);
  }
}

/** Makes a file that must not exist yet, open for writing. The caller closes it. Throws a `FileError`. */
export function openExclusively(path: string, mode = 0o644): number {
  const {O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW} = constants;
  try {
    return openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  } catch (error) {
    throw fileError(path, error);
  }
}

/** A name beside `path` that nobody can guess, and by which the leftover of a dead process is recognised. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(8).toString('hex')}.tmp`;
}

/** The pid in a name of `temporaryName`, with or without an ending after it; undefined for another name. */
export function writerOf(name: string): number | undefined {
  const pid = /\.(\d{1,10})(?:\.[\da-f]{16})?\.tmp(?:\.stale)?$/.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** Removes a file, if any; a link, not what it leads to. Throws a `FileError`. */
export function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileError(path, error);
  }
}

function dropUnfinished(path: string): void {
  try {
    removeIfThere(path);
  } catch {
    // The first error says more; the next start removes the leftover.
  }
}
