import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {errorCode} from '../error-code.ts';

/** The directories in a directory, as paths, by name; none where there is no such directory or it may not be read. */
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
