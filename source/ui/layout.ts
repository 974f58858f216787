import type {Size} from './terminal/painter.ts';

/** The layouts, by the size of the terminal: panels, text lines, or one status line. */
export type Kind = 'panels' | 'lines' | 'status';

/** The smallest terminal for text lines. */
export const LINES: Size = {columns: 20, rows: 4};
const PANELS: Size = {columns: 60, rows: 16};
/** Larger, because the list of targets is above the panels. */
const PANELS_OF_SEVERAL: Size = {columns: 60, rows: 20};

export function kindFor(size: Size, targetCount: number): Kind {
  if (!fits(size, LINES)) return 'status';
  return fits(size, targetCount > 1 ? PANELS_OF_SEVERAL : PANELS) ? 'panels' : 'lines';
}

export function fits(size: Size, needed: Size): boolean {
  return size.columns >= needed.columns && size.rows >= needed.rows;
}
