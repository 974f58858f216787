import {memo} from 'react';
import {say} from '../../../core/text/say.ts';
import type {Sample} from '../../../core/model/target.ts';
import {cut} from '../../../format/width.ts';
import {innerHeight, innerWidth} from '../../text/frame.ts';
import {measureOf, RESPONSE_TIME} from '../../state/series.ts';
import {responseLines} from './response-lines.ts';
import type {ChartRange} from '../../state/ui-state.ts';
import {useLook} from '../../components/lines.tsx';
import {Panel} from '../../components/panel.tsx';

interface ResponsePanelProps {
  readonly samples: readonly Sample[];
  readonly range: ChartRange;
  /** The charted measurement and its unit; undefined for the response time. */
  readonly series: string | undefined;
  readonly unit: string;
  readonly width: number;
  readonly height: number;
}

/** The response time, or a measurement of a check. It draws again only for new samples: without them its time does not move. */
export const ResponsePanel = memo(function ResponsePanel({
  samples,
  range,
  series,
  unit,
  width,
  height,
}: ResponsePanelProps) {
  const {symbols} = useLook();
  const measure = series === undefined ? RESPONSE_TIME : measureOf(series);
  const lines = responseLines(
    samples,
    range.ms,
    0,
    innerWidth(width),
    innerHeight(height),
    symbols,
    measure,
  );
  const last = say`last ${range.label()}`;
  const note = series === undefined ? 'ms' : unit;
  const room = width - last.length - note.length - AROUND_TITLE;
  const title =
    series === undefined
      ? width < 36
        ? say`Last ${range.label()}`
        : say`Response time, ${last}`
      : `${cut(series, Math.max(6, room), symbols.ellipsis)}, ${last}`;
  return <Panel title={title} note={note} lines={lines} width={width} height={height} />;
});

/** The columns of corners, blanks and a comma. */
const AROUND_TITLE = 8;
