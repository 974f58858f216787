import {statSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** What tells one version of a file from another; undefined when there is none. */
export function fileVersion(path: string): string | undefined {
  try {
    const {dev, ino, size, mtimeMs, ctimeMs} = statSync(path);
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    // What cannot be looked at is a change too, and whoever reads the file then says what is wrong with it.
    return errorCode(error) === 'ENOENT' ? undefined : String(errorCode(error));
  }
}
