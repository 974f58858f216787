import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {errorCode} from '../error-code.ts';
import {writeExclusively} from './atomic-file.ts';
import {makeDirectory} from './directory.ts';

export interface WrittenArchive {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes a compressed text into a private directory and returns when it is safe on disk, so that the original may go. Never overwrites
 * a file. Throws errors of the file system.
 */
export function writeArchive(directory: string, name: string, text: string): WrittenArchive {
  makeDirectory(directory, 0o700);
  const packed = gzipSync(text);
  for (let copy = 0; ; copy++) {
    const path = join(directory, copy === 0 ? name : name.replace('.', `-${copy}.`));
    try {
      writeExclusively(path, packed, {mode: 0o600, flushed: true});
      return {path, bytes: packed.length};
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
