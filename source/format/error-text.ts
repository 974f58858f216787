import {say} from '../core/text/say.ts';

/** The message of an error, without a stack. Replaces Node's own message of a timeout, which is for programmers, and English. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? say`it took too long` : error.message;
}
