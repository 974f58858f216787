import {accessSync, closeSync, constants, readSync, statSync, type Stats} from 'node:fs';
import {delimiter, dirname, join} from 'node:path';
import {errorCode} from '../error-code.ts';
import {openToRead} from './regular-file.ts';

/** The access rights to a path. `readable`, `writable` and `executable` are those of this very process. */
export type AccessFacts =
  | {readonly kind: 'missing'}
  | {readonly kind: 'hidden'; readonly code: string}
  | {
      readonly kind: 'there';
      readonly directory: boolean;
      readonly file: boolean;
      readonly mode: number;
      readonly uid: number;
      readonly writtenAt: number;
      readonly readable: boolean;
      readonly writable: boolean;
      readonly executable: boolean;
    };

/** Links are followed. Opens nothing and changes nothing. */
export function accessFacts(path: string): AccessFacts {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? {kind: 'missing'} : {kind: 'hidden', code};
  }
  const may = (mode: number) => isAllowed(path, mode);
  return {
    kind: 'there',
    directory: stats.isDirectory(),
    file: stats.isFile(),
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    writtenAt: stats.mtimeMs,
    readable: may(constants.R_OK),
    writable: may(constants.W_OK),
    executable: may(constants.X_OK),
  };
}

/** The nearest existing directory at or above a path. */
export function nearestExisting(path: string): string {
  const up = dirname(path);
  return accessFacts(path).kind !== 'missing' || up === path ? path : nearestExisting(up);
}

/** Finds a program as `spawn` does. A script whose interpreter is not there counts as found. */
export function findProgram(
  program: string,
  {cwd, path}: {readonly cwd: string; readonly path: string | undefined},
): {readonly kind: 'found' | 'not-executable'; readonly path: string} | {readonly kind: 'missing'} {
  const places = program.includes('/')
    ? [program.startsWith('/') ? program : join(cwd, program)]
    : (path ?? '').split(delimiter).map(folder => join(folder === '' ? cwd : folder, program));
  const files = places.filter(place => {
    const facts = accessFacts(place);
    return facts.kind === 'there' && facts.file;
  });
  const able = files.find(place => isAllowed(place, constants.X_OK));
  if (able !== undefined) return {kind: 'found', path: able};
  return files[0] === undefined ? {kind: 'missing'} : {kind: 'not-executable', path: files[0]};
}

/** The interpreter that a script names and that is not there; undefined for every other program. */
export function missingInterpreter(path: string): string | undefined {
  if (!isPlainFile(path)) return undefined;
  const head = Buffer.alloc(256);
  let length = 0;
  const file = openToRead(path, 'by-links');
  try {
    length = readSync(file, head);
  } finally {
    closeSync(file);
  }
  const [, interpreter] = /^#![ \t]*(\/[^ \t\r\n]+)/.exec(head.toString('latin1', 0, length)) ?? [];
  return interpreter !== undefined && accessFacts(interpreter).kind === 'missing'
    ? interpreter
    : undefined;
}

function isPlainFile(path: string): boolean {
  const facts = accessFacts(path);
  return facts.kind === 'there' && facts.file && facts.readable;
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
