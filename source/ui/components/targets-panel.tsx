import {memo} from 'react';
import {innerHeight, innerWidth} from '../frame.ts';
import {levelCounts, targetLines} from '../target-lines.ts';
import type {TargetRow} from '../target-row.ts';
import {useLook} from './lines.tsx';
import {Panel} from './panel.tsx';

interface TargetsPanelProps {
  readonly rows: readonly TargetRow[];
  /** The index of the selected one. */
  readonly selected: number;
  readonly focused: boolean;
  /** Any time of this day. */
  readonly today: number;
  readonly width: number;
  readonly height: number;
}

/** All targets in the order of the config, a line each; how many are how stands in the border, since not all of them may be in sight. */
export const TargetsPanel = memo(function TargetsPanel({rows, selected, focused, today, width, height}: TargetsPanelProps) {
  const {symbols} = useLook();
  const lines = targetLines(rows, selected, today, innerWidth(width), innerHeight(height), symbols);
  return <Panel title="Targets" focused={focused} note={`${levelCounts(rows)}   ${selected + 1} of ${rows.length}`} lines={lines} width={width} height={height} />;
});
