import {createContext, memo, useContext, type ReactNode} from 'react';
import {Text} from 'ink';
import {Table as InkTable} from 'agent2:ink-table';
import {displayWidth, fit} from '../../format/width.ts';
import {oneLine, type Tone} from '../text/spans.ts';
import {useLook} from './lines.tsx';

export interface Column {
  /** The heading; also the key of the cells in a row. */
  readonly name: string;
  /** The smallest useful width of a cut cell; without it cells are never cut. */
  readonly least?: number;
  /** Columns with the lowest value are dropped first when there is no room; without it never. */
  readonly drop?: number;
  readonly tone?: (text: string) => Tone | undefined;
}

export type TableRow = Readonly<Record<string, string>>;

interface TableProps {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly width: number;
}

/**
 * A heading and rows without lines between them, never wider than `width`. ink-table lays it out, but measures text by its number of
 * characters, so each cell is fitted to its width in terminal columns first.
 */
export const Table = memo(function Table({columns, rows, width}: TableProps) {
  const {symbols} = useLook();
  const sized = sizeColumns(columns, rows, width);
  const data = rows.map(row =>
    Object.fromEntries(
      sized.map(({name, width}) => [name, fit(oneLine(row[name] ?? ''), width, symbols.ellipsis)]),
    ),
  );
  return (
    <SizedContext.Provider value={sized}>
      <PlainTable
        data={data}
        columns={sized.map(({name}) => name)}
        header={HeaderCell}
        cell={Cell}
        skeleton={Nothing}
      />
    </SizedContext.Provider>
  );
});

class PlainTable extends InkTable {
  override header = Nothing;
  override separator = Nothing;
  override footer = Nothing;
}

function Nothing(): ReactNode {
  return null;
}

interface SizedColumn extends Column {
  readonly width: number;
}

const SizedContext = createContext<readonly SizedColumn[]>([]);

interface CellProps {
  readonly children: ReactNode;
  readonly column?: number;
}

function HeaderCell({children, column = 0}: CellProps) {
  const {theme, symbols} = useLook();
  const width = useContext(SizedContext)[column]?.width ?? 0;
  return (
    <Text color={theme.muted} bold={theme.muted === undefined}>
      {padded(children, width, symbols.ellipsis)}
    </Text>
  );
}

function Cell({children, column = 0}: CellProps) {
  const {theme, symbols} = useLook();
  const {width = 0, tone} = useContext(SizedContext)[column] ?? {};
  const text = padded(children, width, symbols.ellipsis);
  const toned = tone?.(text.trim());
  return (
    <Text color={toned && theme[toned]} bold={toned !== undefined && theme[toned] === undefined}>
      {text}
    </Text>
  );
}

/** Replaces the padding of ink-table: one space before a cell, and after it as many as its own count. */
function padded(children: ReactNode, width: number, ellipsis: string): string {
  return ` ${fit((typeof children === 'string' ? children : '').slice(1).trimEnd(), width, ellipsis)} `;
}

/** Widths by content. When they do not fit, columns shrink to their least width, then the least important columns are dropped. */
function sizeColumns(
  columns: readonly Column[],
  rows: readonly TableRow[],
  width: number,
): readonly SizedColumn[] {
  const natural = columns.map((column): SizedColumn => ({
    ...column,
    width: Math.max(
      displayWidth(column.name),
      ...rows.map(row => displayWidth(row[column.name] ?? '')),
    ),
  }));
  return narrowed(natural, width) ?? sizeColumns(withoutLeastImportant(columns), rows, width);
}

function narrowed(
  columns: readonly SizedColumn[],
  width: number,
): readonly SizedColumn[] | undefined {
  let excess = columns.reduce((sum, column) => sum + column.width + 2, 0) - width;
  const fitted = [...columns].map(column => {
    const give = Math.max(0, Math.min(excess, column.width - (column.least ?? column.width)));
    excess -= give;
    return {...column, width: column.width - give};
  });
  if (excess <= 0 || columns.length <= 1) return fitted;
  return undefined;
}

function withoutLeastImportant(columns: readonly Column[]): readonly Column[] {
  const first = Math.min(...columns.map(column => column.drop ?? Infinity));
  const index =
    first === Infinity ? columns.length - 1 : columns.findIndex(column => column.drop === first);
  return columns.filter((_, at) => at !== index);
}
