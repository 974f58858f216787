import {renameSync, rmSync, statSync} from 'node:fs';

/**
 * Makes `path` free: it becomes `.1`, and what was `.1` becomes `.2` (or `.1.gz` `.2.gz`), up to the first number that is free; only where there is
 * none up to `keep` the last one goes. The oldest moves first, so that an end in the midst of it leaves a gap and loses nothing; the next time fills it.
 * Throws what the file system says.
 */
export function rotate(path: string, keep: number): void {
  const last = firstFree(path, keep);
  // More than one where fewer are to stay than before.
  for (let number = keep; last === undefined && forms(path, number).some(isThere); number++)
    forms(path, number).forEach(file => rmSync(file, {force: true}));
  for (let number = (last ?? keep) - 1; number >= 1; number--) {
    for (const form of FORMS)
      if (isThere(`${path}.${number}${form}`))
        renameSync(`${path}.${number}${form}`, `${path}.${number + 1}${form}`);
  }
  renameSync(path, `${path}.1`);
}

/** Gives the file its name back, where no new one could be begun. */
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
  return statSync(path, {throwIfNoEntry: false}) !== undefined;
}
