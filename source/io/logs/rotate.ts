import {rename, rm} from 'node:fs/promises';
import {statsIfThere} from '../files/appending.ts';

/**
 * Frees `path`: renames it to `.1`, and `.1` to `.2` (or `.1.gz` to `.2.gz`), up to the first free number; deletes the last one only
 * when all numbers up to `keep` are taken. The oldest moves first, so that an interruption leaves a gap and loses nothing; the next time fills it.
 * Rejects with errors of the file system.
 */
export async function rotate(path: string, keep: number): Promise<void> {
  const last = await firstFree(path, keep);
  // Several go when `keep` was lowered.
  for (let number = keep; last === undefined && (await isTaken(path, number)); number++)
    for (const file of forms(path, number)) await rm(file, {force: true});
  for (let number = (last ?? keep) - 1; number >= 1; number--) {
    for (const form of FORMS)
      if (await isThere(`${path}.${number}${form}`))
        await rename(`${path}.${number}${form}`, `${path}.${number + 1}${form}`);
  }
  await rename(path, `${path}.1`);
}

/** Renames the file back, when no new one could be opened. */
export async function undoRotation(path: string): Promise<void> {
  if (!(await isThere(path))) await rename(`${path}.1`, path);
}

const FORMS = ['', '.gz'] as const;

async function firstFree(path: string, keep: number): Promise<number | undefined> {
  for (let number = 1; number <= keep; number++) if (!(await isTaken(path, number))) return number;
  return undefined;
}

async function isTaken(path: string, number: number): Promise<boolean> {
  for (const file of forms(path, number)) if (await isThere(file)) return true;
  return false;
}

function forms(path: string, number: number): readonly string[] {
  return FORMS.map(form => `${path}.${number}${form}`);
}

async function isThere(path: string): Promise<boolean> {
  return (await statsIfThere(path)) !== undefined;
}
