import {cut, displayWidth, wrap} from '../../format/width.ts';
import type {Palette} from '../../contracts/theme.ts';

/** A meaning that a theme gives a colour to. */
export type Tone = Exclude<keyof Palette, 'dim'>;

export interface Style {
  readonly tone?: Tone | undefined;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

/** A piece of a line. Lines are values until a component draws them, so that what a screen says can be tested without drawing. */
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

/** `left` and `right` at the two ends of `width` columns; where both do not fit, `left` is cut. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const room = width - lineWidth(right);
  if (room < 1) return fitLine(left, width, ellipsis);
  return [...fitLine(left, room, ellipsis), ...right];
}

/** A text as lines of at most `width` columns. */
export function paragraph(text: string, width: number, style: Style = {}): readonly Line[] {
  return wrap(text, Math.max(1, width)).map(part => [{text: part, ...style}]);
}

/** Items side by side, two columns apart, in as many lines of at most `width` columns as it takes. */
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

/** Lines with `label`, `indent` columns wide, before the first and as much room before the others. */
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
 * Text from outside was made harmless where it came in. A line break or a tab that slipped through would still tear the frame, so
 * control and format characters end here.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');
}

function clean(part: Span): Span {
  const text = textOf(part);
  const cleaned = oneLine(text);
  return cleaned === text ? part : restyled(part, cleaned);
}
