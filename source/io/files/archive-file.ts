import {closeSync, fsyncSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {errorCode} from '../error-code.ts';
import {makeDirectory} from './directory.ts';

export interface WrittenArchive {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes a text compressed into a directory of private files and returns when the disk has it: what it is a backup of may go then. Never writes over
 * another one. Throws what the file system says.
 */
export function writeArchive(directory: string, name: string, text: string): WrittenArchive {
  makeDirectory(directory, 0o700);
  const packed = gzipSync(text);
  for (let copy = 0; ; copy++) {
    const path = join(directory, copy === 0 ? name : name.replace('.', `-${copy}.`));
    try {
      const file = openSync(path, 'wx', 0o600);
      try {
        writeSync(file, packed);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      return {path, bytes: packed.length};
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
