import {fitLine, lineWidth, span, type Line, type Tone} from './spans.ts';
import type {Symbols} from './symbols.ts';

export interface FrameOptions {
  readonly title: string;
  /** Shown at the right end of the top border. */
  readonly note?: string;
  readonly width: number;
  readonly height: number;
  readonly tone?: Tone;
}

/** Lines in a border with a title, `height` lines of `width` columns in all; every cell is drawn. */
export function framed(
  lines: readonly Line[],
  {title, note = '', width, height, tone = 'border'}: FrameOptions,
  {border, ellipsis}: Symbols,
): readonly Line[] {
  if (height < 2) return [];
  const edge = (text: string) => span(text, tone);
  const body = Array.from({length: innerHeight(height)}, (_, row): Line => [
    edge(border.left),
    ' ',
    ...fitLine(lines[row] ?? [], innerWidth(width), ellipsis),
    ' ',
    edge(border.right),
  ]);
  const bottom: Line = [
    edge(border.bottomLeft + border.bottom.repeat(Math.max(0, width - 2)) + border.bottomRight),
  ];
  return [topLine(title, note, width, edge, border), ...body, bottom];
}

export function innerWidth(width: number): number {
  return Math.max(0, width - 4);
}

export function innerHeight(height: number): number {
  return Math.max(0, height - 2);
}

function topLine(
  title: string,
  note: string,
  width: number,
  edge: (text: string) => Line[number],
  border: Symbols['border'],
): Line {
  const left: Line = [edge(border.topLeft), ' ', span(title, 'accent', true), ' '];
  const right: Line = [
    ...(note === '' ? [] : [' ', span(note, 'muted'), ' ']),
    edge(border.topRight),
  ];
  const rest = width - lineWidth(left) - lineWidth(right);
  return rest < 0
    ? [...fitLine(left, width - 1, ''), edge(border.topRight)]
    : [...left, edge(border.top.repeat(rest)), ...right];
}
