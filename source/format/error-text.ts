import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {TextError} from '../core/text/text-error.ts';

/** The message of an error, without a stack. Replaces Node's own message of a timeout, which is for programmers, and English. */
export function errorText(error: unknown): Text {
  if (error instanceof TextError) return error.text;
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? message`it took too long` : error.message;
}
