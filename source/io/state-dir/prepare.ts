import type {Text} from '../../core/model/text.ts';
import {accessSync, constants} from 'node:fs';
import {dirname} from 'node:path';
import {message} from '../../core/text/message.ts';
import {makeDirectory, statsAt} from '../files/directory.ts';
import {faultOfFile} from '../files/file-error.ts';
import {errorCode} from '../error-code.ts';
import {distrustStateDir} from './trust.ts';

export type StateDirResult =
  | {readonly kind: 'ready'}
  | {
      readonly kind: 'no-parent' | 'not-a-directory' | 'not-writable' | 'not-ours';
      readonly path: string;
      readonly text: Text;
    };

/** Ensures a writable directory in which nobody else may put files. Creates parents only if `withParents`: a mistyped path must not get files. */
export function prepareStateDir(path: string, withParents: boolean): StateDirResult {
  const parent = dirname(path);
  if (!withParents && statsAt(parent) === undefined) {
    return {kind: 'no-parent', path: parent, text: message`its parent ${parent} does not exist`};
  }
  try {
    // Before it is made, too: somebody else may own what leads to it.
    const refused = notOurs(path);
    if (refused) return refused;
    makeDirectory(path, 0o755, {withParents});
    const made = notOurs(path);
    if (made) return made;
    accessSync(path, constants.W_OK | constants.X_OK);
    return {kind: 'ready'};
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR')
      return {kind: 'not-a-directory', path, text: message`it is not a directory`};
    return {
      kind: 'not-writable',
      path,
      text: message`it cannot be written (${faultOfFile(path, error)})`,
    };
  }
}

function notOurs(path: string): StateDirResult | undefined {
  const text = distrustStateDir(path);
  return text === undefined ? undefined : {kind: 'not-ours', path, text: message`it ${text}`};
}
