import type {ReactNode} from 'react';
import {Box} from 'ink';
import {lineWidth, span, type Line, type Tone} from '../spans.ts';
import type {Border} from '../symbols.ts';
import {Lines, useLook} from './lines.tsx';

interface PanelProps {
  readonly title: string;
  /** Set into the right end of the top border. */
  readonly note?: string;
  readonly width: number;
  readonly height: number;
  readonly tone?: Tone;
  readonly children: ReactNode;
}

/** A frame with a title; what is in it is `innerWidth` wide and `innerHeight` high. */
export function Panel({title, note = '', width, height, tone = 'border', children}: PanelProps) {
  const {theme, symbols} = useLook();
  if (height < 2) return null;
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Lines lines={[topLine(title, note, width, symbols.border, tone)]} width={width} height={1} />
      <Box borderStyle={symbols.border} borderTop={false} borderColor={theme[tone]} paddingX={1} width={width} height={height - 1} flexShrink={0}>
        {children}
      </Box>
    </Box>
  );
}

export function innerWidth(width: number): number {
  return width - 4;
}

export function innerHeight(height: number): number {
  return height - 2;
}

function topLine(title: string, note: string, width: number, border: Border, tone: Tone): Line {
  const left = [span(border.topLeft, tone), ' ', span(title, 'accent', true), ' '];
  const right = [...(note === '' ? [] : [' ', span(note, 'muted'), ' ']), span(border.topRight, tone)];
  const rest = width - lineWidth(left) - lineWidth(right);
  return rest < 0 ? [...left, span(border.topRight, tone)] : [...left, span(border.top.repeat(rest), tone), ...right];
}
