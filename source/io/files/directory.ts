import {mkdirSync, readdirSync, statSync, type Dirent, type Stats} from 'node:fs';
import {dirname, join} from 'node:path';
import {message} from '../../core/text/message.ts';
import {errorCode} from '../error-code.ts';
import {FileError, fileError} from './file-error.ts';

/** What a path leads to; undefined where that is nothing, or cannot be seen, like another user's or a circle of links. */
export function statsAt(path: string): Stats | undefined {
  try {
    return statSync(path, {throwIfNoEntry: false});
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Whether a path other than a directory exists. */
export function isFile(path: string): boolean {
  const found = statsAt(path);
  return found !== undefined && !found.isDirectory();
}

export function isDirectory(path: string): boolean {
  return statsAt(path)?.isDirectory() ?? false;
}

/**
 * Makes a missing directory; another process may make it at the same moment. Throws a `FileError`, `EEXIST` where
 * another file has the name. One by one `withParents`, since node's `recursive` never returns for a path in `/proc`.
 */
export function makeDirectory(path: string, mode: number, {withParents = false} = {}): void {
  if (isDirectory(path)) return;
  if (withParents && dirname(path) !== path) makeDirectory(dirname(path), mode, {withParents});
  try {
    mkdirSync(path, {mode});
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileError(path, error);
    if (!isDirectory(path)) throw new FileError(path, message`is not a directory`, 'EEXIST');
  }
}

/** The directories in a directory, as paths, by name; none where it is missing or unreadable. */
export function subdirectories(path: string): readonly string[] {
  return entriesIn(path)
    .filter(entry => entry.isDirectory())
    .map(entry => join(path, entry.name))
    .sort();
}

/** What a directory holds; nothing where it is missing, unreadable or no directory. */
export function entriesIn(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, {withFileTypes: true});
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}
