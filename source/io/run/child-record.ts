import {readFileSync, rmSync} from 'node:fs';
import type {ProcessIdentity} from '../../core/model/observation.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {errorCode} from '../error-code.ts';

/** Remembers a running child in a small file, so that it can be recognised after our own sudden end. Throws what the file system throws. */
export function rememberChild(path: string, {pid, startKey}: ProcessIdentity): void {
  writeAtomically(path, `${JSON.stringify({pid, startKey})}\n`);
}

export function forgetChild(path: string): void {
  rmSync(path, {force: true});
}

/** The child remembered; undefined when there is no record, or one cut short or made by somebody else. */
export function recallChild(path: string): ProcessIdentity | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const match = /^\{"pid":(\d{1,7}),"startKey":"([^"\\]+)"\}\n$/.exec(text);
  return match ? {pid: Number(match[1]), startKey: match[2] ?? ''} : undefined;
}
