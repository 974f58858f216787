import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** Replaces a file so that a reader sees the old text or the new one, never half of it. Throws errors of the file system; the old file then stays. */
export function writeAtomically(path: string, text: string, mode = 0o644): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, {mode});
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}

/** The text of a file; undefined when there is none. Throws other errors of the file system. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Throws errors of the file system, except for a missing file. */
export function removeIfThere(path: string): void {
  rmSync(path, {force: true});
}
