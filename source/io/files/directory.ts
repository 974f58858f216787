import {mkdirSync, statSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

export function isDirectory(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}

/**
 * Makes a directory where there is none; another process may make it in the same instant. Throws what the file system says, `EEXIST` where
 * something else lies there. `withParents` is for paths nobody chose: node's `recursive` never returns for one in `/proc`.
 */
export function makeDirectory(path: string, mode: number, {withParents = false} = {}): void {
  if (isDirectory(path)) return;
  try {
    mkdirSync(path, {recursive: withParents, mode});
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !isDirectory(path)) throw error;
  }
}
