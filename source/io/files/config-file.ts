import {accessSync, constants, statSync, type Stats} from 'node:fs';
import {dirname} from 'node:path';
import {say} from '../../core/text/say.ts';
import {readBounded, type FileReading} from './bounded-file.ts';
import {errorCode} from '../error-code.ts';

const MAX_BYTES = 1_048_576;
const OTHERS_WRITE = 0o002;
const GROUP_WRITE = 0o020;
const STICKY = 0o1000;

/** The bytes of a config file. What it says is run, so root takes only one that nobody else could have written. */
export function readConfigFile(path: string, euid = process.geteuid?.()): FileReading {
  const reading = readBounded(path, MAX_BYTES);
  if (reading.kind !== 'bytes' || euid !== 0) return reading;
  const reason = distrust(path, reading.stats) ?? distrustDirectory(dirname(path));
  return reason === undefined ? reading : {kind: 'refused', reason};
}

/** Whether something stands there under that name. */
export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    // What may not be looked at is there; whoever reads it says why it cannot be.
    return errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR';
  }
}

/** Who can write the directory can put another file in the place of this one; not so in one with the sticky bit, or that cannot be written at all (as a mounted volume). */
function distrustDirectory(path: string): string | undefined {
  const stats = statSync(path);
  const reason =
    isReadOnly(path) || (stats.mode & STICKY && stats.uid === 0)
      ? undefined
      : distrust(path, stats);
  return reason === undefined ? undefined : say`lies in a directory that ${reason}`;
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

/** Why root does not believe it, and what to type; undefined when only root can have written it. */
export function distrust(
  path: string,
  {uid, gid, mode}: Pick<Stats, 'uid' | 'gid' | 'mode'>,
): string | undefined {
  if (uid !== 0)
    return say`belongs to the user ${uid}, and agent2 runs as root; if root shall run what it says: chown root ${path}`;
  if (mode & OTHERS_WRITE || (mode & GROUP_WRITE && gid !== 0))
    return say`can be written by others (mode ${(mode & 0o7777).toString(8)}), and agent2 runs as root; try: chmod go-w ${path}`;
  return undefined;
}
