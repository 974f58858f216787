import {say} from '../core/text/say.ts';
import {formatDuration} from './duration.ts';

/** A measured time: `0.3 ms`, `4.2 ms`, `52 ms`, `1.3 s`, `2m5s`. */
export function formatMs(ms: number): string {
  if (ms < 1_000) return say`${formatMsNumber(ms)} ms`;
  return ms < 60_000 ? say`${(Math.floor(ms / 100) / 10).toFixed(1)} s` : formatDuration(ms);
}

/** Milliseconds without the unit, with one decimal below ten: `4.2`, `52`, `1250`. */
export function formatMsNumber(ms: number): string {
  return ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms));
}

/** A share as a percentage, rounded down: only a full share is `100%`. */
export function formatPercent(share: number, decimals: 0 | 2 = 2): string {
  const scale = 10 ** decimals;
  // The tiny addend corrects binary fractions (0.57 * 100 is 56.999…).
  return `${Math.floor(share * 100 * scale + 1e-9) / scale}%`;
}
