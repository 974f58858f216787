import {renameSync, rmSync, writeFileSync} from 'node:fs';

/** Replaces a file so that a reader sees the old text or the new one, never half of it. Throws what the file system says; then the old file is as it was. */
export function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, {mode: 0o644});
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw error;
  }
}
