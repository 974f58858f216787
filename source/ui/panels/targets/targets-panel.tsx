import {memo} from 'react';
import {say} from '../../../core/text/say.ts';
import {innerHeight, innerWidth} from '../../text/frame.ts';
import {levelCounts, placeOf, targetLines} from './target-lines.ts';
import type {TargetRow} from '../../state/target-row.ts';
import {useLook} from '../../components/lines.tsx';
import {Panel} from '../../components/panel.tsx';

interface TargetsPanelProps {
  readonly rows: readonly TargetRow[];
  readonly listed: readonly TargetRow[];
  /** The filter as shown; empty without a filter. */
  readonly filter: string;
  /** The index of the selected target in the list. */
  readonly selected: number;
  readonly focused: boolean;
  /** Epoch milliseconds of any time today: other days show their date. */
  readonly today: number;
  readonly width: number;
  readonly height: number;
}

/** A line for each target, in the order of the config; the border counts all of them by level, because some may be out of sight. */
export const TargetsPanel = memo(function TargetsPanel({
  rows,
  listed,
  filter,
  selected,
  focused,
  today,
  width,
  height,
}: TargetsPanelProps) {
  const {symbols} = useLook();
  const lines = targetLines(
    listed,
    selected,
    today,
    innerWidth(width),
    innerHeight(height),
    symbols,
  );
  return (
    <Panel
      title={say`Targets ${filter}`.trimEnd()}
      focused={focused}
      note={`${levelCounts(rows)}   ${placeOf(selected, listed.length)}`}
      lines={lines}
      width={width}
      height={height}
    />
  );
});
