import {useEffect} from 'react';
import {innerHeight, innerWidth} from '../frame.ts';
import type {PageText} from '../screens/screen-props.ts';
import {Panel} from './panel.tsx';

interface PageProps extends PageText {
  readonly width: number;
  readonly height: number;
  /** Told how many lines do not fit. */
  readonly onScrollable: (lines: number) => void;
}

/** A text in a frame; it scrolls when it is longer. */
export function Page({title, scroll, lines, width, height, onScrollable}: PageProps) {
  const all = lines(innerWidth(width));
  const visible = Math.max(1, innerHeight(height));
  const hidden = Math.max(0, all.length - visible);
  useEffect(() => onScrollable(hidden), [hidden, onScrollable]);
  const first = Math.min(scroll, hidden);
  const note = hidden === 0 ? 'Esc' : `${first + 1}-${first + visible} of ${all.length}, j k`;
  return <Panel title={title} note={note} lines={all.slice(first)} width={width} height={height} tone="accent" />;
}
