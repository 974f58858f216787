import {say} from '../core/text/say.ts';
/** A measured time in a sentence: `0.3 ms`, `42 ms`, `5.0 s`. */
export function elapsed(ms: number): string {
  if (ms < 9.95) return say`${ms.toFixed(1)} ms`;
  return ms < 1000 ? say`${Math.round(ms)} ms` : say`${(ms / 1000).toFixed(1)} s`;
}
