import {cut, displayWidth, wrap} from '../../format/width.ts';
import type {Palette} from '../../contracts/theme.ts';

/** A meaning with a colour in each theme. */
export type Tone = Exclude<keyof Palette, 'dim'>;

export interface Style {
  readonly tone?: Tone | undefined;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/** A piece of a line. Lines are values, so that tests can read the text of a screen without drawing. */
export type Span = string | ({readonly text: string} & Style);
export type Line = readonly Span[];

export function span(text: string, tone?: Tone, bold = false): Span {
  return {text, tone, bold};
}

export function muted(text: string): Span {
  return {text, tone: 'muted'};
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + displayWidth(textOf(part)), 0);
}

/** The line in exactly `width` columns: cut with `ellipsis`, or padded. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const part of line.map(clean)) {
    const text = textOf(part);
    const taken = displayWidth(text);
    if (taken > left) {
      const mark = displayWidth(ellipsis) <= left ? ellipsis : '';
      return [
        ...fitted,
        restyled(part, cut(`${text}${mark}`, left, mark)),
        ' '.repeat(left - displayWidth(cut(`${text}${mark}`, left, mark))),
      ];
    }
    fitted.push(part);
    left -= taken;
  }
  return left > 0 ? [...fitted, ' '.repeat(left)] : fitted;
}

/** `left` and `right` at the two ends of `width` columns; cuts `left` when both do not fit. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const room = width - lineWidth(right);
  if (room < 1) return fitLine(left, width, ellipsis);
  return [...fitLine(left, room, ellipsis), ...right];
}

/** A text as lines of at most `width` columns. */
export function paragraph(text: string, width: number, style: Style = {}): readonly Line[] {
  return wrap(text, Math.max(1, width)).map(part => [{text: part, ...style}]);
}

/** Items side by side, two columns apart, wrapped into lines of at most `width` columns. */
export function flow(items: readonly Line[], width: number): readonly Line[] {
  const lines: Line[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last && lineWidth(last) + 2 + lineWidth(item) <= width)
      lines[lines.length - 1] = [...last, '  ', ...item];
    else lines.push(item);
  }
  return lines;
}

/** Puts `label`, `indent` columns wide, before the first line and indents the others by as much. */
export function hanging(label: Span, indent: number, lines: readonly Line[]): readonly Line[] {
  return lines.map((line, row) => [row === 0 ? label : ' '.repeat(indent), ...line]);
}

function textOf(part: Span): string {
  return typeof part === 'string' ? part : part.text;
}

export function plainText(line: Line): string {
  return line.map(textOf).join('');
}

function restyled(part: Span, text: string): Span {
  return typeof part === 'string' ? text : {...part, text};
}

/**
 * Replaces control and format characters by spaces. Text from outside is sanitised where it enters; this is a second protection, because a line break
 * or a tab would break the frame.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
}

function clean(part: Span): Span {
  const text = textOf(part);
  const cleaned = oneLine(text);
  return cleaned === text ? part : restyled(part, cleaned);
}
