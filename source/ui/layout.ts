import type {Size} from './painter.ts';

/** Where everything goes, in columns and rows. Every layout is `height` = rows - 1 high (at least 1) and never wider than the terminal. */
export type Layout =
  | {readonly kind: 'status'; readonly width: number; readonly height: number}
  | {readonly kind: 'lines'; readonly width: number; readonly height: number}
  | PanelLayout;

export interface PanelLayout {
  readonly kind: 'panels';
  readonly width: number;
  readonly height: number;
  /** Health and response time, side by side. */
  readonly top: number;
  readonly health: number;
  readonly response: number;
  readonly fixes: number;
  /** 0: not shown. */
  readonly events: number;
}

const PANELS: Size = {columns: 60, rows: 16};
const RICH: Size = {columns: 100, rows: 30};
const LINES: Size = {columns: 20, rows: 4};

/** `lines` is how many single lines (header, why, keys, warnings) stand around the panels. */
export function layoutFor(size: Size, lines: number): Layout {
  const width = size.columns;
  const height = Math.max(1, size.rows - 1);
  if (!fits(size, LINES)) return {kind: 'status', width, height};
  if (!fits(size, PANELS)) return {kind: 'lines', width, height};
  const rich = fits(size, RICH);
  const room = height - lines;
  const top = rich ? clamp(Math.floor(room * 0.42), 12, 15) : clamp(room - 5, 7, 10);
  const events = rich ? clamp(Math.floor((room - top) * 0.5), 0, 14) : 0;
  const health = rich ? clamp(Math.floor(width * 0.4), 44, 52) : 40;
  return {kind: 'panels', width, height, top, health, response: width - health, fixes: Math.max(0, room - top - events), events};
}

function fits(size: Size, needed: Size): boolean {
  return size.columns >= needed.columns && size.rows >= needed.rows;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
