import {statSync} from 'node:fs';
import {readBounded, type FileReading} from './bounded-file.ts';
import {errorCode} from '../error-code.ts';
import {distrustFile, distrustPath} from './trusted-path.ts';

const MAX_BYTES = 1_048_576;
const TRUST = {isRun: true};

/** The bytes of a config file. Its commands run, so root accepts only a file that no other user could have written. */
export function readConfigFile(path: string, euid = process.geteuid?.()): FileReading {
  const reading = readBounded(path, MAX_BYTES);
  if (reading.kind !== 'bytes' || euid !== 0) return reading;
  const reason = distrustFile(path, reading.stats, TRUST) ?? distrustPath(path, TRUST, euid);
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
