import type {Text} from '../../core/model/text.ts';
import {lstatSync, type Stats} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {TextError} from '../../core/text/text-error.ts';
import {errorCode, errorText} from '../error-code.ts';

/** Why a file could not be read or written: `/run/agent2.log is a directory, not a regular file`. */
export class FileError extends TextError {
  constructor(
    readonly path: string,
    /** Follows the name of the file: `is a directory, not a regular file`. */
    readonly fault: Text,
    /** That of the system, or the one that it would have given. */
    readonly code: string,
  ) {
    super(message`${path} ${fault}`);
  }
}

/** What was caught around an open, a read or a write, as a `FileError`; anything but an error of the system stays as it is. */
export function fileError(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof FileError || code === undefined) return error;
  return new FileError(path, faultOf(path, code), code);
}

/** Why that file could not be used, in a sentence that names it already: `it is a directory, not a regular file`. */
export function faultOfFile(path: string, error: unknown): Text {
  const found = fileError(path, error);
  return found instanceof FileError ? message`it ${found.fault}` : errorText(found);
}

/** What was caught, as a sentence that names the file where the error does. */
export function fileErrorText(error: unknown): Text {
  // Who listens has an address instead.
  const {path, address} = error as {readonly path?: unknown; readonly address?: unknown};
  const named = path ?? address;
  return errorText(
    typeof named === 'string' && named.startsWith('/') ? fileError(named, error) : error,
  );
}

/** What lies at that path instead of a regular file; undefined for a regular file. */
export function otherKind(path: string, stats: Stats): FileError | undefined {
  const other = (fault: Text, code: string) => new FileError(path, fault, code);
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return other(message`is a directory, not a regular file`, 'EISDIR');
  if (stats.isSymbolicLink())
    return other(message`is a symbolic link, not a regular file`, 'ELOOP');
  if (stats.isFIFO()) return other(message`is a fifo, not a regular file`, 'ENXIO');
  if (stats.isSocket()) return other(message`is a socket, not a regular file`, 'ENXIO');
  return other(message`is a device, not a regular file`, 'ENXIO');
}

function faultOf(path: string, code: string): Text {
  switch (code) {
    case 'ENOENT':
      return message`is not there, or its directory is not (${code})`;
    case 'ENOTDIR':
      return message`is below something that is not a directory`;
    case 'ELOOP':
      return message`is a symbolic link that leads nowhere but back`;
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
    case 'ENXIO':
    case 'EADDRINUSE':
      return faultThere(path) ?? message`is taken by something else (${code})`;
    case 'EACCES':
    case 'EPERM':
      return message`is not accessible for this user (${code})`;
    case 'EROFS':
      return message`lies in a file system that is read-only (${code})`;
    case 'ENOSPC':
    case 'EDQUOT':
      return message`finds no space on its disk (${code})`;
    case 'ENAMETOOLONG':
      return message`has a name that is too long (${code})`;
    case 'EMFILE':
    case 'ENFILE':
      return message`cannot be opened while so many files are open (${code})`;
    default:
      return message`cannot be reached: its disk or server fails (${code})`;
  }
}

function faultThere(path: string): Text | undefined {
  try {
    return otherKind(path, lstatSync(path))?.fault;
  } catch {
    // It is gone by now: the first error says what was tried.
    return undefined;
  }
}
