import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** Replaces a file so that a reader sees the old text or the new one, never half of it. Throws what the file system says; then the old file is as it was. */
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

/** The text of a file, or undefined when there is none. Throws whatever else the file system says. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Throws what the file system says, but not that there is none. */
export function removeIfThere(path: string): void {
  rmSync(path, {force: true});
}
