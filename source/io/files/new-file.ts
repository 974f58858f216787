import type {Text} from '../../core/model/text.ts';
import {writeFileSync} from 'node:fs';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';

export type NewFileResult =
  | {readonly kind: 'written'}
  | {readonly kind: 'exists'}
  | {readonly kind: 'failed'; readonly text: Text};

/** Writes a new file; leaves an existing one as it is. */
export function writeNew(path: string, text: string): NewFileResult {
  try {
    writeFileSync(path, text, {flag: 'wx', mode: 0o644});
    return {kind: 'written'};
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return {kind: 'exists'};
    return {
      kind: 'failed',
      text:
        errorCode(error) === 'ENOENT' ? message`its directory does not exist` : errorText(error),
    };
  }
}
