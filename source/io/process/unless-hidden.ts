import {errorCode} from '../error-code.ts';

const HIDDEN = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'];

/** What `look` finds below `/proc`; undefined when the process is gone or hidden, or for one of the error codes in `also`. Throws other errors. */
export function unlessHidden<T>(look: () => T, also: readonly string[] = []): T | undefined {
  try {
    return look();
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (HIDDEN.includes(code) || also.includes(code)) return undefined;
    throw error;
  }
}
