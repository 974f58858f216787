import {fits} from '../../layout.ts';
import type {Size} from '../../terminal/painter.ts';

/** The sizes of the panels, in columns and rows. */
export interface PanelLayout {
  /** The height of the list of targets; 0 with a single target. */
  readonly targets: number;
  /** The height of health and response time, which are side by side. */
  readonly top: number;
  readonly health: number;
  readonly response: number;
  readonly fixes: number;
  /** The height of the events; 0 without them. */
  readonly events: number;
}

const RICH: Size = {columns: 100, rows: 30};

/** The layout of panels that fill `width` columns and `height` rows of a terminal of this size. */
export function panelLayout(
  size: Size,
  width: number,
  height: number,
  targetCount: number,
): PanelLayout {
  const rich = fits(size, RICH);
  const targets =
    targetCount > 1 ? BORDERS + Math.min(targetCount, clamp(Math.floor(height / 5), 2, 12)) : 0;
  const room = height - targets;
  const health = rich ? clamp(Math.floor(width * 0.4), 44, 52) : 40;
  const rows = rich
    ? richRows(room, targets > 0)
    : {top: clamp(room - (targets > 0 ? 6 : 5), 7, 10), events: 0};
  return {
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

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
