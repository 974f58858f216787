import {mkdirSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {errorCode} from '../error-code.ts';

/** Whether a path other than a directory exists. */
export function isFile(path: string): boolean {
  const found = statSync(path, {throwIfNoEntry: false});
  return found !== undefined && !found.isDirectory();
}

export function isDirectory(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}

/**
 * Makes a missing directory; another process may make it at the same moment. Throws errors of the file system, `EEXIST` where
 * another file has the name. `withParents` is for agent2's default paths: node's `recursive` never returns for one in `/proc`.
 */
export function makeDirectory(path: string, mode: number, {withParents = false} = {}): void {
  if (isDirectory(path)) return;
  try {
    mkdirSync(path, {recursive: withParents, mode});
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !isDirectory(path)) throw error;
  }
}

/** The directories in a directory, as paths, by name; none where it is missing or unreadable. */
export function subdirectories(path: string): readonly string[] {
  try {
    return readdirSync(path, {withFileTypes: true})
      .filter(entry => entry.isDirectory())
      .map(entry => join(path, entry.name))
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}
