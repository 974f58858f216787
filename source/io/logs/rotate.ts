import {renameSync, rmSync} from 'node:fs';
import {statsAt} from '../files/directory.ts';

/**
 * Frees `path`: renames it to `.1`, and `.1` to `.2` (or `.1.gz` to `.2.gz`), up to the first free number; deletes the last one only
 * when all numbers up to `keep` are taken. The oldest moves first, so that an interruption leaves a gap and loses nothing; the next time fills it.
 * Throws errors of the file system.
 */
export function rotate(path: string, keep: number): void {
  const last = firstFree(path, keep);
  // Several go when `keep` was lowered.
  for (let number = keep; last === undefined && forms(path, number).some(isThere); number++)
    forms(path, number).forEach(file => rmSync(file, {force: true}));
  for (let number = (last ?? keep) - 1; number >= 1; number--) {
    for (const form of FORMS)
      if (isThere(`${path}.${number}${form}`))
        renameSync(`${path}.${number}${form}`, `${path}.${number + 1}${form}`);
  }
  renameSync(path, `${path}.1`);
}

/** Renames the file back, when no new one could be opened. */
export function undoRotation(path: string): void {
  if (!isThere(path)) renameSync(`${path}.1`, path);
}

const FORMS = ['', '.gz'] as const;

function firstFree(path: string, keep: number): number | undefined {
  for (let number = 1; number <= keep; number++)
    if (!forms(path, number).some(isThere)) return number;
  return undefined;
}

function forms(path: string, number: number): readonly string[] {
  return FORMS.map(form => `${path}.${number}${form}`);
}

function isThere(path: string): boolean {
  return statsAt(path) !== undefined;
}
