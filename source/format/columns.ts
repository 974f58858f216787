import {displayWidth, fit} from './width.ts';

export interface ColumnsOptions {
  readonly width: number;
  /** The columns to cut when space is short, and their least width. */
  readonly shrinkable: Readonly<Record<number, number>>;
  readonly paint?: (text: string, row: number, column: number) => string;
}

const GAP = 2;

/** Turns rows of cells into aligned lines of at most `width` terminal columns, where shrinking the shrinkable columns makes that possible. */
export function columns(
  rows: ReadonlyArray<readonly string[]>,
  {width, shrinkable, paint = text => text}: ColumnsOptions,
): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => displayWidth(row[column] ?? ''))),
  );
  const total = () => widths.reduce((sum, each) => sum + each + GAP, -GAP);
  while (total() > width) {
    const [widest] = Object.entries(shrinkable)
      .map(([column, least]) => ({
        column: Number(column),
        spare: (widths[Number(column)] ?? 0) - least,
      }))
      .filter(({spare}) => spare > 0)
      .sort((a, b) => b.spare - a.spare);
    if (!widest) break;
    widths[widest.column] = (widths[widest.column] ?? 0) - 1;
  }
  return rows.map((row, index) =>
    row
      .map((cell, column) => paint(fit(cell, widths[column] ?? 0), index, column))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
