import {memo} from 'react';
import type {Sample} from '../../core/state.ts';
import {innerHeight, innerWidth} from '../frame.ts';
import {responseLines} from '../response-lines.ts';
import type {ChartRange} from '../ui-store.ts';
import {useLook} from './lines.tsx';
import {Panel} from './panel.tsx';

interface ResponsePanelProps {
  readonly samples: readonly Sample[];
  readonly range: ChartRange;
  readonly width: number;
  readonly height: number;
}

/** How fast it answers. Time passes here only with new samples, so it draws again only for those. */
export const ResponsePanel = memo(function ResponsePanel({samples, range, width, height}: ResponsePanelProps) {
  const {symbols} = useLook();
  const lines = responseLines(samples, range.ms, 0, innerWidth(width), innerHeight(height), symbols);
  return <Panel title={width < 36 ? `Last ${range.label}` : `Response time, last ${range.label}`} note="ms" lines={lines} width={width} height={height} />;
});
