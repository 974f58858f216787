import {statSync} from 'node:fs';
import {errorCode} from '../error-code.ts';

/** Identifies a version of a file; undefined when there is none. */
export function fileVersion(path: string): string | undefined {
  try {
    const {dev, ino, size, mtimeMs, ctimeMs} = statSync(path);
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    // An inaccessible file is a change too; reading it then reports the reason.
    return errorCode(error) === 'ENOENT' ? undefined : String(errorCode(error));
  }
}
