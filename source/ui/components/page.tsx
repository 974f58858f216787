import {useLayoutEffect} from 'react';
import {say} from '../../core/text/say.ts';
import {innerHeight, innerWidth} from '../text/frame.ts';
import type {PageText} from '../text/page-text.ts';
import {muted, span, spread, type Line} from '../text/spans.ts';
import {Lines, useLook} from './lines.tsx';
import {Panel} from './panel.tsx';

interface PageProps extends PageText {
  readonly width: number;
  readonly height: number;
  /** Receives the number of lines that do not fit; Infinity without a page. */
  readonly onScrollable: (lines: number) => void;
}

/** A text in a frame. A longer text scrolls, to the marked line if there is one. */
export function Page(props: PageProps) {
  const {title, width, height} = props;
  const {shown, note} = useScrolled(props, innerWidth(width), innerHeight(height));
  return (
    <Panel title={title} note={note} lines={shown} width={width} height={height} tone="accent" />
  );
}

/** The same for small terminals: a title line instead of the frame. */
export function BarePage(props: PageProps) {
  const {title, width, height} = props;
  const {symbols} = useLook();
  const {shown, note} = useScrolled(props, width, height - 1);
  const heading = title.length + note.length < width ? title : '';
  return (
    <Lines
      lines={[
        spread([span(heading, 'accent', true)], [muted(note)], width, symbols.ellipsis),
        ...shown,
      ]}
      width={width}
      height={height}
    />
  );
}

function useScrolled(
  {scroll, marked, lines, onScrollable}: PageProps,
  width: number,
  room: number,
): {readonly shown: readonly Line[]; readonly note: string} {
  const all = lines(width);
  const visible = Math.max(1, room);
  const hidden = Math.max(0, all.length - visible);
  useLayoutEffect(() => {
    onScrollable(hidden);
    return () => onScrollable(Infinity);
  }, [hidden, onScrollable]);
  const first = marked === undefined ? Math.min(scroll, hidden) : Math.max(0, marked - visible + 1);
  if (marked !== undefined)
    return {
      shown: all.slice(first, first + visible),
      note: say`${marked + 1} of ${all.length}, Enter opens`,
    };
  return {
    shown: all.slice(first, first + visible),
    note: hidden === 0 ? 'Esc' : say`${first + 1}-${first + visible} of ${all.length}, j k scroll`,
  };
}
