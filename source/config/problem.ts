import type {Text} from '../core/model/text.ts';
import {joined, message} from '../core/text/message.ts';

/** One fault of a config file; `line` and `column` count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  /** The place (`targets[1].fix.use`), the given value, the allowed ones, a correction. */
  readonly text: Text;
}

export interface ConfigProblems {
  readonly kind: 'problems';
  /** The path as given. */
  readonly path: string;
  /** The first ones, in the order of the file; at least one. */
  readonly problems: readonly ConfigProblem[];
  /** The number of all, as far as they were counted. */
  readonly count: number;
  /** There are more than were counted. */
  readonly andMore: boolean;
}

/** More mistakes at once are usually one, repeated; nobody reads them. */
export const MOST_TOLD = 20;
/** What is counted: a file with so many is not read further. */
export const MOST_COUNTED = 1_000;

/** Keys and indexes from the top: `['targets', 1, 'fix']`. */
export type Path = readonly PropertyKey[];

/** A fault at a path. `key` is set for a faulty key, rather than its value. */
export interface Complaint {
  readonly path: Path;
  readonly key?: string;
  readonly text: Text;
  /** The text is a sentence of its own, and not the end of one that begins with the place. */
  readonly whole?: true;
}

/** A line for each problem, as `agent2.yaml:12:5: targets[1].fix.use is 'sytemd'; …`. */
export function problemsText({path, problems}: ConfigProblems): Text {
  return joined(
    problems.map(({line, column, text}) => joined([`${path}:${line}:${column}`, text], ': ')),
    '\n',
  );
}

/** `targets[1].fix.use`; the whole file at the top. */
export function pathText(path: Path): Text {
  if (path.length === 0) return message`the file`;
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
