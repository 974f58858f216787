import {blankRow, overlay, parseCells, patchRow, type Row} from './cells.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the painter needs of a terminal: process.stdout, or a stand-in. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  readonly isTTY?: boolean;
  readonly destroyed?: boolean;
  readonly writableNeedDrain?: boolean;
  write(text: string): boolean;
  on(
    event: 'resize' | 'drain' | 'error',
    listener: (error: NodeJS.ErrnoException) => void,
  ): unknown;
  off(
    event: 'resize' | 'drain' | 'error',
    listener: (error: NodeJS.ErrnoException) => void,
  ): unknown;
}

export interface Painter {
  /** What ink takes for its stdout: every write is one whole frame. */
  readonly sink: NodeJS.WriteStream;
  /** Shows a frame that is already in cells. */
  show(rows: readonly Row[]): void;
  /** The same object until the terminal is resized. */
  size(): Size;
  /** Calls `listener` at every resize, to draw a frame of the new size; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Takes the alternate screen, also after a `close` or where somebody else used the terminal meanwhile, and shows the newest frame. */
  open(): void;
  /** Gives the terminal back as it was. Does its work before it returns, so that a dying process may call it; again: nothing. */
  close(): void;
  /** The terminal is no longer there, or no longer ours: nothing is written to it any more, not even to give it back. */
  abandon(): void;
  /** Forgets what is on the screen and draws all of it again. */
  repaint(): void;
}

// Alternate screen, no cursor, no wrapping at the right edge, pastes marked as such.
const OPEN = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[2J';
// Cleared first: tmux keeps lines of an alternate screen that was resized.
const CLOSE = '\u001B[m\u001B[2J\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const CLEAR = '\u001B[m\u001B[2J';
const SYNC = ['\u001B[?2026h', '\u001B[?2026l'] as const;

/**
 * Owns the screen of a terminal and sends only what differs from what it shows. Ink's own writer draws nothing where `CI` is set and
 * scrolls when a frame is too high for a terminal that just shrank; this one addresses every row and cuts.
 * `onGone` is called once when the terminal is no longer there; from then on nothing is written.
 */
export function createPainter(terminal: Terminal, onGone: () => void): Painter {
  const listeners = new Set<() => void>();
  let state: 'new' | 'open' | 'closed' | 'gone' = 'new';
  let size = sizeOf(terminal);
  let frame: readonly Row[] = [];
  let shown = blankScreen(size);
  /** The screen holds something else than `shown` says: it has to be cleared first. */
  let stale = false;

  const abandon = (): void => {
    state = 'gone';
    terminal.off('resize', resized);
    terminal.off('drain', paint);
  };

  const gone = (): void => {
    if (state === 'gone') return;
    abandon();
    onGone();
  };

  const write = (text: string): void => {
    if (terminal.destroyed) return gone();
    try {
      terminal.write(text);
    } catch (error) {
      if (!isLost(error)) throw error;
      gone();
    }
  };

  const paint = (): void => {
    // A terminal that is slow to read gets the newest frame when it is ready, not all those between.
    if (state !== 'open' || terminal.writableNeedDrain) return;
    let out = stale ? CLEAR : '';
    let parts = stale ? 1 : 0;
    stale = false;
    shown = shown.map((before, y) => {
      const row = cutRow(frame[y], size.columns);
      const patch = patchRow(y, before, row);
      if (patch !== '') parts++;
      out += patch;
      return row;
    });
    if (out !== '') write(parts > 1 ? SYNC[0] + out + SYNC[1] : out);
  };

  const forget = (): void => {
    shown = blankScreen(size);
    stale = true;
  };

  const tellSize = (): void => {
    for (const listener of [...listeners]) listener();
  };

  const resized = (): void => {
    size = sizeOf(terminal);
    forget();
    tellSize();
    // A listener that drew a frame has cleared and painted by now.
    if (stale) paint();
  };

  const show = (rows: readonly Row[]): void => {
    frame = rows;
    paint();
  };

  const sink = {
    write(text: string): boolean {
      show(
        text
          .split('\n')
          .slice(0, size.rows)
          .map(line => parseCells(line, size.columns)),
      );
      return true;
    },
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    isTTY: terminal.isTTY ?? false,
    // Ink need not draw a last frame that nobody will see.
    get destroyed() {
      return state === 'closed' || state === 'gone';
    },
    // Ink would draw the old frame once more at every resize; `subscribe` draws the new one.
    on: () => sink,
    off: () => sink,
  };

  terminal.on('error', gone);

  return {
    sink: sink as unknown as NodeJS.WriteStream,
    show,
    size: () => size,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open() {
      if (state === 'gone') return;
      if (state !== 'open') {
        terminal.on('resize', resized);
        terminal.on('drain', paint);
      }
      state = 'open';
      size = sizeOf(terminal);
      shown = blankScreen(size);
      write(OPEN);
      tellSize();
      paint();
    },
    close() {
      if (state !== 'open') return;
      state = 'closed';
      terminal.off('resize', resized);
      terminal.off('drain', paint);
      // Node writes to a terminal before it returns.
      write(CLOSE);
    },
    abandon,
    repaint() {
      forget();
      paint();
    },
  };
}

function sizeOf(terminal: Terminal): Size {
  return {columns: terminal.columns || 80, rows: terminal.rows || 24};
}

function blankScreen({columns, rows}: Size): readonly Row[] {
  return Array.from({length: rows}, () => blankRow(columns));
}

/** The row at the width of the terminal: a frame that was made for another size neither wraps nor leaves anything standing. */
function cutRow(row: Row | undefined, columns: number): Row {
  if (row?.chars.length === columns) return row;
  const whole = blankRow(columns);
  if (row) overlay(whole, 0, row);
  return whole;
}

const LOST = [
  'EPIPE',
  'EIO',
  'ENXIO',
  'EBADF',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
];

function isLost(error: unknown): boolean {
  return error instanceof Error && LOST.includes((error as NodeJS.ErrnoException).code ?? '');
}
