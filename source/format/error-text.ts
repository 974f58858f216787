import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {TextError} from '../core/text/text-error.ts';

/** The message of an error, for people. Replaces Node's message of a timeout, which is English and technical. */
export function errorText(error: unknown): Text {
  if (error instanceof TextError) return error.text;
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? message`it took too long` : error.message;
}
