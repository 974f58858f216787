import {memo} from 'react';
import {render, say} from '../../../core/text/say.ts';
import type {EventRecord, Level} from '../../../core/model/target.ts';
import {formatClock} from '../../../format/age.ts';
import {innerHeight} from '../../text/frame.ts';
import {muted, span, type Line, type Tone} from '../../text/spans.ts';
import {Panel} from '../../components/panel.tsx';

interface EventsPanelProps {
  readonly events: readonly EventRecord[];
  readonly now: number;
  readonly width: number;
  readonly height: number;
}

/** The last events, the newest at the bottom, as in a log. */
export const EventsPanel = memo(function EventsPanel({
  events,
  now,
  width,
  height,
}: EventsPanelProps) {
  const shown = events.slice(-Math.max(1, innerHeight(height)));
  const lines: readonly Line[] =
    shown.length === 0
      ? [[muted(say`nothing yet`)]]
      : shown.map(({at, level, text}) => [
          muted(`${formatClock(at, now)}  `),
          span(render(text), TONE[level]),
        ]);
  return <Panel title={say`Events`} lines={lines} width={width} height={height} />;
});

const TONE: Readonly<Record<Level, Tone | undefined>> = {
  debug: 'muted',
  info: undefined,
  warning: 'warn',
  error: 'down',
};
