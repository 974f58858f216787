import {say} from '../core/text/say.ts';
/** One fault of a config file; `line` and `column` count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  /** The place (`targets[1].fix.use`), the given value, the allowed ones, a correction. */
  readonly text: string;
}

export interface ConfigProblems {
  readonly kind: 'problems';
  /** The path as given. */
  readonly path: string;
  /** In the order of the file; at least one. */
  readonly problems: readonly ConfigProblem[];
}

/** Keys and indexes from the top: `['targets', 1, 'fix']`. */
export type Path = readonly PropertyKey[];

/** A fault at a path. `key` is set for a faulty key, rather than its value. */
export interface Complaint {
  readonly path: Path;
  readonly key?: string;
  readonly text: string;
}

/** A line for each problem, as `agent2.yaml:12:5: targets[1].fix.use is 'sytemd'; …`. */
export function problemsText({path, problems}: ConfigProblems): string {
  return problems.map(({line, column, text}) => `${path}:${line}:${column}: ${text}`).join('\n');
}

/** `targets[1].fix.use`; the whole file at the top. */
export function pathText(path: Path): string {
  if (path.length === 0) return say`the file`;
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
