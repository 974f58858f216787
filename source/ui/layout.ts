import type {Size} from './terminal/painter.ts';

/** Where everything goes, in columns and rows. Every layout is `height` = rows - 1 high (at least 1) and never wider than the terminal. */
export type Layout =
  | {readonly kind: 'status'; readonly width: number; readonly height: number}
  | {readonly kind: 'lines'; readonly width: number; readonly height: number}
  | PanelLayout;

export interface PanelLayout {
  readonly kind: 'panels';
  readonly width: number;
  readonly height: number;
  /** The list of targets; 0 where there is only one. */
  readonly targets: number;
  /** Health and response time, side by side. */
  readonly top: number;
  readonly health: number;
  readonly response: number;
  readonly fixes: number;
  /** 0: not shown. */
  readonly events: number;
}

const PANELS: Size = {columns: 60, rows: 16};
/** With a list of targets above. */
const PANELS_OF_SEVERAL: Size = {columns: 60, rows: 20};
const RICH: Size = {columns: 100, rows: 30};
const LINES: Size = {columns: 20, rows: 4};

/** `lines` is how many single lines (header, why, keys, warnings) stand around the panels. */
export function layoutFor(size: Size, lines: number, targetCount = 1): Layout {
  const width = size.columns;
  const height = Math.max(1, size.rows - 1);
  if (!fits(size, LINES)) return {kind: 'status', width, height};
  if (!fits(size, targetCount > 1 ? PANELS_OF_SEVERAL : PANELS))
    return {kind: 'lines', width, height};
  const rich = fits(size, RICH);
  const targets =
    targetCount > 1
      ? BORDERS + Math.min(targetCount, clamp(Math.floor((height - lines) / 5), 2, 12))
      : 0;
  const room = height - lines - targets;
  const health = rich ? clamp(Math.floor(width * 0.4), 44, 52) : 40;
  const rows = rich
    ? richRows(room, targets > 0)
    : {top: clamp(room - (targets > 0 ? 6 : 5), 7, 10), events: 0};
  return {
    kind: 'panels',
    width,
    height,
    targets,
    ...rows,
    health,
    response: width - health,
    fixes: Math.max(0, room - rows.top - rows.events),
  };
}

const BORDERS = 2;

function richRows(room: number, listed: boolean): Pick<PanelLayout, 'top' | 'events'> {
  const top = clamp(Math.floor(room * 0.42), listed ? 9 : 12, 15);
  return {top, events: clamp(Math.floor((room - top) * (listed ? 0.4 : 0.5)), 0, 14)};
}

function fits(size: Size, needed: Size): boolean {
  return size.columns >= needed.columns && size.rows >= needed.rows;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
