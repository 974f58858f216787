import type {Text} from '../../core/model/text.ts';
import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';

export type FileReading =
  | {readonly kind: 'bytes'; readonly bytes: Buffer; readonly stats: Stats}
  | {readonly kind: 'missing'}
  /** `reason` follows the name of the file: `is a directory, …`. */
  | {readonly kind: 'refused'; readonly reason: Text};

/** Reads a regular file of at most `maxBytes`; `stats` describes the very file that it read. Never blocks, as opening a fifo would. */
export function readBounded(path: string, maxBytes: number): FileReading {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile())
        return {
          kind: 'refused',
          reason: stats.isDirectory()
            ? message`is a directory, not a regular file`
            : message`is not a regular file`,
        };
      const bytes = readUpTo(file, maxBytes + 1);
      return bytes.length > maxBytes
        ? {
            kind: 'refused',
            reason: message`is larger than ${maxBytes / 1024} KiB, the most that is read`,
          }
        : {kind: 'bytes', bytes, stats};
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return failure(error);
  }
}

function readUpTo(file: number, most: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length < most;) {
    const part = Buffer.alloc(Math.min(65_536, most - length));
    const count = readSync(file, part, 0, part.length, null);
    if (count === 0) break;
    parts.push(part.subarray(0, count));
    length += count;
  }
  return Buffer.concat(parts);
}

function failure(error: unknown): FileReading {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {kind: 'missing'};
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'refused',
        reason: message`is not readable for this user (${String(errorCode(error))})`,
      };
    case 'ENXIO':
      return {kind: 'refused', reason: message`is not a regular file`};
    default:
      return {kind: 'refused', reason: message`cannot be read: ${errorText(error)}`};
  }
}
