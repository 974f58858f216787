import type {Text} from '../../core/model/text.ts';
import {MOST_COUNTED, MOST_TOLD, type Complaint, type Path} from '../problem.ts';

/** What is wrong, in words: see `Complaint`. */
export type Words = Pick<Complaint, 'text' | 'whole'>;

/** A complaint whose words are made only if it is told. */
export interface Wording {
  readonly path: Path;
  readonly key?: string;
  words(): Words;
}

/** Keeps the first complaint about each place, the first of them in words, and counts them. */
export interface ComplaintList {
  add(complaint: Wording): void;
  /** So many were counted that looking for more helps nobody. */
  isFull(): boolean;
  told(): readonly Complaint[];
  count(): number;
}

export function createComplaintList(): ComplaintList {
  const places = new Set<string>();
  const told: Complaint[] = [];
  return {
    add({path, key, words}) {
      if (places.size > MOST_COUNTED) return;
      const place = JSON.stringify([path.map(String), key]);
      if (places.has(place)) return;
      places.add(place);
      if (told.length < MOST_TOLD)
        told.push({path, ...(key === undefined ? {} : {key}), ...words()});
    },
    isFull: () => places.size > MOST_COUNTED,
    told: () => told,
    count: () => Math.min(places.size, MOST_COUNTED),
  };
}

export function inWords(path: Path, text: () => Text, key?: string): Wording {
  return {path, ...(key === undefined ? {} : {key}), words: () => ({text: text()})};
}
