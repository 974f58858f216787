import type {Text} from '../../core/model/text.ts';
import {accessSync, constants, statSync, type Stats} from 'node:fs';
import {dirname} from 'node:path';
import {message} from '../../core/text/message.ts';
import {readBounded, type FileReading} from './bounded-file.ts';
import {errorCode} from '../error-code.ts';
import {withTry, withTryAsRoot} from '../../format/try-text.ts';

const MAX_BYTES = 1_048_576;
const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;
const STICKY = 0o1000;

/** The bytes of a config file. Its commands run, so root accepts only a file that no other user could have written. */
export function readConfigFile(path: string, euid = process.geteuid?.()): FileReading {
  const reading = readBounded(path, MAX_BYTES);
  if (reading.kind !== 'bytes' || euid !== 0) return reading;
  const reason = distrust(path, reading.stats) ?? distrustDirectory(dirname(path));
  return reason === undefined ? reading : {kind: 'refused', reason};
}

/** Whether a file of that name exists. */
export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    // An inaccessible file exists; reading it reports the reason.
    return errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR';
  }
}

/** A user who can write the directory can replace the file, unless the directory is sticky or read-only (as a mounted volume). */
function distrustDirectory(path: string): Text | undefined {
  const stats = statSync(path);
  const reason =
    isReadOnly(path) || (stats.mode & STICKY && stats.uid === 0)
      ? undefined
      : distrust(path, stats);
  return reason === undefined ? undefined : message`lies in a directory that ${reason}`;
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

/** Why root rejects the file, and the command that helps; undefined when only root can have written it. */
export function distrust(
  path: string,
  {uid, gid, mode}: Pick<Stats, 'uid' | 'gid' | 'mode'>,
): Text | undefined {
  if (uid !== 0)
    return withTryAsRoot(
      message`belongs to the user ${uid}, but agent2 runs as root`,
      `chown root ${path}`,
    );
  if (mode & OTHERS_WRITE || (mode & GROUP_WRITE && gid !== 0))
    return withTry(
      message`is writable for others (mode ${(mode & 0o7777).toString(8)}), but agent2 runs as root`,
      `chmod go-w ${path}`,
    );
  return undefined;
}
