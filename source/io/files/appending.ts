import {constants, type Stats} from 'node:fs';
import {lstat, open, type FileHandle} from 'node:fs/promises';
import {errorCode} from '../error-code.ts';
import {fileError, otherKind} from './file-error.ts';
import {refuseOthers} from './regular-file.ts';

const {O_RDWR, O_CREAT, O_APPEND, O_NONBLOCK, O_NOCTTY, O_NOFOLLOW} = constants;

/** As `openToAppend`, without waiting for the disk. Rejects with a `FileError`. */
export async function openAppending(path: string, mode = 0o644): Promise<FileHandle> {
  try {
    const found = await statsIfThere(path);
    // Before it is opened, since some devices act when they are.
    const other = found && otherKind(path, found);
    if (other) throw other;
    const file = await open(
      path,
      O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW,
      mode,
    );
    try {
      const stats = await file.stat();
      const changed = otherKind(path, stats);
      if (changed) throw changed;
      if (process.geteuid?.() === 0) refuseOthers(path, stats);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

/** What is at a path, without following a link; undefined when nothing is. */
export async function statsIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Appends as much of `bytes` as fits: returns the rest of them, which is empty or comes with the error that stopped it. */
export async function appendAll(
  file: FileHandle,
  bytes: Buffer,
): Promise<{readonly rest: Buffer; readonly error?: Error}> {
  let rest = bytes;
  try {
    while (rest.length > 0) {
      const {bytesWritten} = await file.write(rest);
      rest = rest.subarray(bytesWritten);
    }
    return {rest};
  } catch (error) {
    return {rest, error: error as Error};
  }
}
