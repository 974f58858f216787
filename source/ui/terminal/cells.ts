import {characters} from '../../format/width.ts';

/** One row of the screen. Each column is a cell: its text (empty for the second half of a wide character) and its SGR codes. */
export interface Row {
  readonly chars: readonly string[];
  readonly styles: readonly string[];
}

export interface MutableRow {
  readonly chars: string[];
  readonly styles: string[];
}

export function blankRow(columns: number): MutableRow {
  return {chars: new Array<string>(columns).fill(' '), styles: new Array<string>(columns).fill('')};
}

/**
 * The cells of one line of text, at most `limit`. Keeps SGR sequences (colour, bold …) and drops all other sequences and control characters, so that
 * no text in a frame can move the cursor or control the terminal.
 */
export function parseCells(line: string, limit: number): Row {
  const chars: string[] = [];
  const styles: string[] = [];
  const attributes = new Map<string, string>();
  let style = '';
  for (const [, sgr, text] of line.matchAll(TOKEN)) {
    if (sgr !== undefined) style = applySgr(attributes, sgr);
    if (text === undefined) continue;
    for (const [char, width] of characters(text.replace(/\p{Bidi_Control}/gu, ''))) {
      if (chars.length + width > limit) return {chars, styles};
      chars.push(char);
      styles.push(style);
      if (width === 2) chars.push('');
      if (width === 2) styles.push(style);
    }
  }
  return {chars, styles};
}

/** Writes `cells` into the row from column `x` on, up to its end. Blanks the other half of a half covered wide character. */
export function overlay(row: MutableRow, x: number, cells: Row): void {
  const end = Math.min(row.chars.length, x + cells.chars.length);
  if (x < 0 || x >= end) return;
  if (row.chars[x] === '') row.chars[x - 1] = ' ';
  if (row.chars[end] === '') row.chars[end] = ' ';
  for (let at = x; at < end; at++) {
    row.chars[at] = cells.chars[at - x] ?? ' ';
    row.styles[at] = cells.styles[at - x] ?? '';
  }
  const last = end - 1;
  if (end - x < cells.chars.length && cells.chars[end - x] === '') row.chars[last] = ' ';
}

/** The bytes that change row `y` (from 0) from `before` to `after`; empty when they are equal. */
export function patchRow(y: number, before: Row, after: Row): string {
  const columns = after.chars.length;
  const blankFrom = endOfContent(after);
  let out = '';
  for (
    let x = nextDifference(before, after, 0);
    x < columns;
    x = nextDifference(before, after, x)
  ) {
    const start = after.chars[x] === '' ? x - 1 : x;
    const end = endOfRun(before, after, x);
    out += `\u001B[${y + 1};${start + 1}H`;
    // Erasing takes fewer bytes than spaces. The cursor is not beyond the last column here, because something is left to erase.
    if (end - Math.max(blankFrom, start) > 3)
      return `${out}${draw(after, start, Math.max(blankFrom, start))}\u001B[K`;
    out += draw(after, start, end);
    x = end;
  }
  return out;
}

/** Rewrites this many unchanged cells between two changed ones, because moving the cursor takes more bytes. */
const WORTH_A_MOVE = 8;

function endOfRun(before: Row, after: Row, start: number): number {
  let end = start + 1;
  for (let x = end; x < after.chars.length && x - end < WORTH_A_MOVE; x++)
    if (!same(before, after, x)) end = x + 1;
  return after.chars[end] === '' ? end + 1 : end;
}

function nextDifference(before: Row, after: Row, from: number): number {
  let x = from;
  while (x < after.chars.length && same(before, after, x)) x++;
  return x;
}

function same(before: Row, after: Row, x: number): boolean {
  return before.chars[x] === after.chars[x] && before.styles[x] === after.styles[x];
}

function endOfContent(row: Row): number {
  let end = row.chars.length;
  while (end > 0 && row.chars[end - 1] === ' ' && row.styles[end - 1] === '') end--;
  return end;
}

function draw(row: Row, start: number, end: number): string {
  let out = '';
  let style = '';
  for (let x = start; x < end; x++) {
    const wanted = row.styles[x] ?? '';
    if (wanted !== style) out += wanted === '' ? '\u001B[m' : `\u001B[0;${wanted}m`;
    style = wanted;
    out += row.chars[x];
  }
  return style === '' ? out : `${out}\u001B[m`;
}

// SGR; any other CSI; OSC, DCS, APC, PM and SOS up to their end; any other escape; control characters; text.
const TOKEN =
  /\u001B\[([\d;:]*)m|\u001B\[[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\u001B|[\u0000-\u001A\u001C-\u001F\u007F-\u009F]+|([^\u0000-\u001F\u007F-\u009F]+)/g;

/** Applies SGR codes to `attributes` (each set code, by the code that unsets it) and returns all set codes. */
function applySgr(attributes: Map<string, string>, sgr: string): string {
  const codes = sgr === '' ? ['0'] : sgr.split(';');
  for (let index = 0; index < codes.length; index++) {
    const code = Number(codes[index]);
    if (code === 0) attributes.clear();
    else if (code === 38 || code === 48) {
      const length = codes[index + 1] === '2' ? 5 : 3;
      attributes.set(
        code === 38 ? 'colour' : 'background',
        codes.slice(index, index + length).join(';'),
      );
      index += length - 1;
    } else if (code === 22) ['bold', 'dim'].forEach(name => attributes.delete(name));
    else {
      const [name, on] = attributeOf(code);
      if (on) attributes.set(name, String(code));
      else attributes.delete(name);
    }
  }
  return [...attributes.values()].join(';');
}

function attributeOf(code: number): readonly [name: string, on: boolean] {
  if (code === 1) return ['bold', true];
  if (code === 2) return ['dim', true];
  if (code < 10) return [`style ${code}`, true];
  if (code > 20 && code < 30) return [`style ${code - 20}`, false];
  if (code === 39 || code === 49) return [code === 39 ? 'colour' : 'background', false];
  const foreground = (code >= 30 && code < 38) || (code >= 90 && code < 98);
  return [foreground ? 'colour' : 'background', true];
}
