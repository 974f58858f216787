import type {ReactNode} from 'react';
import {Box} from 'ink';
import {framed, type FrameOptions} from '../text/frame.ts';
import type {Line} from '../text/spans.ts';
import {Lines, useLook} from './lines.tsx';

interface PanelProps extends FrameOptions {
  /** The keys move the selection in this panel, which a mark and a colour show. */
  readonly focused?: boolean;
  readonly lines?: readonly Line[];
  /** Drawn over the inside, which is `innerWidth` by `innerHeight`. */
  readonly children?: ReactNode;
}

/** A frame with a title, and lines or a component in it. */
export function Panel({lines = [], children, focused = false, ...options}: PanelProps) {
  const {symbols} = useLook();
  const frame = focused
    ? {...options, title: `${symbols.marker} ${options.title}`, tone: 'accent' as const}
    : options;
  const {width, height} = frame;
  if (height < 2) return null;
  return (
    <Box width={width} height={height} flexShrink={0}>
      <Lines lines={framed(lines, frame, symbols)} width={width} height={height} />
      {children !== undefined && (
        <Box position="absolute" marginLeft={2} marginTop={1}>
          {children}
        </Box>
      )}
    </Box>
  );
}
