import type {Size} from './terminal/painter.ts';

/** How much a terminal has room for: panels, single lines, or one line that says how it is. */
export type Kind = 'panels' | 'lines' | 'status';

export const LINES: Size = {columns: 20, rows: 4};
const PANELS: Size = {columns: 60, rows: 16};
/** With a list of targets above. */
const PANELS_OF_SEVERAL: Size = {columns: 60, rows: 20};

export function kindFor(size: Size, targetCount: number): Kind {
  if (!fits(size, LINES)) return 'status';
  return fits(size, targetCount > 1 ? PANELS_OF_SEVERAL : PANELS) ? 'panels' : 'lines';
}

export function fits(size: Size, needed: Size): boolean {
  return size.columns >= needed.columns && size.rows >= needed.rows;
}
