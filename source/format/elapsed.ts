import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';

/** A measured time in a sentence: `0.3 ms`, `42 ms`, `5.0 s`. */
export function elapsed(ms: number): Text {
  if (ms < 9.95) return message`${ms.toFixed(1)} ms`;
  return ms < 1000 ? message`${Math.round(ms)} ms` : message`${(ms / 1000).toFixed(1)} s`;
}
