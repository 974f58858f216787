import {accessSync, constants, mkdirSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {say} from '../core/say.ts';
import {errorCode, errorText} from './error-code.ts';

export type StateDirResult = {readonly kind: 'ready'} | {readonly kind: 'no-parent' | 'not-a-directory' | 'not-writable'; readonly path: string; readonly text: string};

/** Makes sure that the directory exists and can be written. Parents are created only where `withParents` says so: a chosen path with a slip in it is no place for files. */
export function prepareStateDir(path: string, withParents: boolean): StateDirResult {
  const parent = dirname(path);
  if (!withParents && statSync(parent, {throwIfNoEntry: false}) === undefined) {
    return {kind: 'no-parent', path: parent, text: say`its parent ${parent} does not exist`};
  }
  try {
    makeDir(path, withParents);
    accessSync(path, constants.W_OK | constants.X_OK);
    return {kind: 'ready'};
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR') return {kind: 'not-a-directory', path, text: say`it is not a directory`};
    return {kind: 'not-writable', path, text: say`it cannot be written (${errorText(error)})`};
  }
}

/** `recursive` would never return for a path in `/proc`. */
function makeDir(path: string, withParents: boolean): void {
  if (isDirectory(path)) return;
  mkdirSync(path, {recursive: withParents, mode: 0o755});
}

export function isDirectory(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
}
