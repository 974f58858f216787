import {blankRow, overlay, parseCells, patchRow, type Row} from './cells.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal of a painter: process.stdout, or a stand-in in tests. */
export interface Terminal {
  readonly columns?: number;
  readonly rows?: number;
  readonly isTTY?: boolean;
  readonly destroyed?: boolean;
  /** What was written and not yet taken by the terminal, in bytes. */
  readonly writableLength?: number;
  /** Calls `taken` when the terminal has taken the text. */
  write(text: string, taken?: () => void): boolean;
  on(event: 'resize' | 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  off(event: 'resize' | 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface Painter {
  /** The stdout for ink: every write is one whole frame. */
  readonly sink: NodeJS.WriteStream;
  /** Shows a frame of cells. */
  show(rows: readonly Row[]): void;
  /** The same object until the terminal is resized. */
  size(): Size;
  /** Calls `listener` at every resize, to draw a frame of the new size; returns the function that unsubscribes. */
  subscribe(listener: () => void): () => void;
  /** Enters the alternate screen, also after `close` or when another program used the terminal meanwhile, and shows the newest frame. */
  open(): void;
  /** Restores the terminal before it returns, so that a dying process may call it; one that still takes a frame is restored after that. A second call does nothing. */
  close(): void;
  /** Writes nothing to the terminal from now on, not even to restore it: it is gone, or another process owns it. */
  abandon(): void;
  /** Clears the screen and draws all of it again. */
  repaint(): void;
}

// Alternate screen, no cursor, no wrapping at the right edge, bracketed paste.
const OPEN = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[2J';
// Clears first, because tmux keeps lines of a resized alternate screen.
const CLOSE = '\u001B[m\u001B[2J\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const CLEAR = '\u001B[m\u001B[2J';
const SYNC = ['\u001B[?2026h', '\u001B[?2026l'] as const;

/**
 * Owns the screen of a terminal and sends only the differences. Ink's own writer draws nothing when `CI` is set, and scrolls when a frame is too high for
 * a terminal that just shrank; this one addresses every row and cuts. Calls `onGone` once when the terminal is no longer there, and writes nothing
 * from then on.
 */
export function createPainter(terminal: Terminal, onGone: () => void): Painter {
  const listeners = new Set<() => void>();
  let state: 'new' | 'open' | 'closed' | 'gone' = 'new';
  let size = sizeOf(terminal);
  let frame: readonly Row[] = [];
  let shown = blankScreen(size);
  /** The screen differs from `shown`, so it must be cleared first. */
  let stale = false;
  /** A newer frame than the one that the terminal still takes. */
  let behind = false;

  const abandon = (): void => {
    state = 'gone';
    terminal.off('resize', resized);
  };

  const gone = (): void => {
    if (state === 'gone') return;
    abandon();
    onGone();
  };

  const write = (text: string): void => {
    if (terminal.destroyed) return gone();
    try {
      terminal.write(text, taken);
    } catch (error) {
      if (!isLost(error)) throw error;
      gone();
    }
  };

  const isTaking = (): boolean => (terminal.writableLength ?? 0) > 0;

  const taken = (): void => {
    if (behind) paint();
  };

  const paint = (): void => {
    if (state !== 'open') return;
    // A slow terminal skips frames: it takes one whole, and then the newest.
    if (isTaking()) {
      behind = true;
      return;
    }
    behind = false;
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
    // Unless a listener already drew a frame.
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
    // Stops ink from drawing a last frame.
    get destroyed() {
      return state === 'closed' || state === 'gone';
    },
    // Hides resizes from ink, which would draw the old frame once more; `subscribe` draws the new one.
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
      if (state !== 'open') terminal.on('resize', resized);
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
      // Written before `write` returns, unless the terminal still takes a frame.
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

/** The row, cut or padded to the width of the terminal: a frame for another size must neither wrap nor leave old cells. */
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
