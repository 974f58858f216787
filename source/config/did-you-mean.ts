import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';

/** `; did you mean --preset prod?` for the nearest of the allowed words, or nothing when none is near. */
export function didYouMean(given: string, allowed: readonly string[], prefix = ''): Text {
  const near = allowed
    .filter(word => Math.abs(word.length - given.length) <= mostEdits(word))
    .map(word => ({word, distance: distance(given.toLowerCase(), word.toLowerCase())}))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= mostEdits(near.word)
    ? message`; did you mean ${prefix}${near.word}?`
    : '';
}

/** Words of very different lengths are never near, so a long text costs nothing. */
function mostEdits(word: string): number {
  return Math.max(1, Math.floor(word.replace(/^-+/, '').length / 3));
}

/** Edits (insert, delete, replace, swap of neighbours) from one word to the other. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({length: b.length + 1}, (_, index) => index)];
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? cell(i - 2, j - 2) + 1
          : Infinity;
      rows[i]?.push(
        Math.min(
          cell(i - 1, j) + 1,
          cell(i, j - 1) + 1,
          cell(i - 1, j - 1) + (same ? 0 : 1),
          swapped,
        ),
      );
    }
  }
  return cell(a.length, b.length);
}
