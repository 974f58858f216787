import type {Text} from '../../core/model/text.ts';
import {message} from '../../core/text/message.ts';
import {errorCode} from '../error-code.ts';
import {writeExclusively} from './atomic-file.ts';
import {faultOfFile} from './file-error.ts';

export type NewFileResult =
  | {readonly kind: 'written'}
  | {readonly kind: 'exists'}
  | {readonly kind: 'failed'; readonly text: Text};

/** Writes a new file; leaves an existing one as it is. */
export function writeNew(path: string, text: string): NewFileResult {
  try {
    writeExclusively(path, text);
    return {kind: 'written'};
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return {kind: 'exists'};
    return {
      kind: 'failed',
      text:
        errorCode(error) === 'ENOENT'
          ? message`its directory does not exist`
          : faultOfFile(path, error),
    };
  }
}
