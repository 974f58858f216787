import {displayWidth, wrap} from '../format/width.ts';

/** A part of a help text, with an optional title. */
export interface HelpSection {
  readonly title?: string;
  readonly rows: readonly HelpRow[];
}

export type HelpRow =
  /** A command to type, so it is never wrapped. */
  | {readonly kind: 'typed'; readonly text: string}
  | {readonly kind: 'paragraph'; readonly text: string}
  /** A word or an option with its meaning. */
  | {readonly kind: 'term'; readonly term: string; readonly text: string};

const INDENT = 2;
const GAP = 2;
/** In columns: the meaning of a wider term begins on the next line. */
const WIDEST_TERM = 28;

/** The sections as lines of at most `width` columns. */
export function layOutHelp(sections: readonly HelpSection[], width: number): string {
  return sections
    .filter(({rows}) => rows.length > 0)
    .map(section => `${sectionLines(section, width).join('\n')}\n`)
    .join('\n');
}

function sectionLines({title, rows}: HelpSection, width: number): readonly string[] {
  const indent = title === undefined ? 0 : INDENT;
  const terms = rows.flatMap(row => (row.kind === 'term' ? [displayWidth(row.term)] : []));
  const column = indent + Math.max(0, ...terms.filter(each => each <= WIDEST_TERM)) + GAP;
  return [
    ...(title === undefined ? [] : [title]),
    ...rows.flatMap(row => linesOf(row, indent, column, width)),
  ];
}

function linesOf(row: HelpRow, indent: number, column: number, width: number): readonly string[] {
  const margin = ' '.repeat(indent);
  switch (row.kind) {
    case 'typed':
      return [`${margin}${row.text}`];
    case 'paragraph':
      return wrap(row.text, width - indent).map(line => `${margin}${line}`);
    case 'term': {
      const head = `${margin}${row.term}`;
      const [first = '', ...rest] = wrap(row.text, width - column).map(
        line => `${' '.repeat(column)}${line}`,
      );
      const room = column - displayWidth(head);
      return room >= GAP
        ? [`${head}${' '.repeat(room)}${first.slice(column)}`.trimEnd(), ...rest]
        : [head, first, ...rest];
    }
  }
}
