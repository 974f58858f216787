import {say} from '../core/text/say.ts';

/** What went wrong, without a stack. What Node says of a limit that was reached is for programmers, and English. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? say`it took too long` : error.message;
}
