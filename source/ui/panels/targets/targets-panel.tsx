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
  /** The filter as the screen shows it; empty where all are listed. */
  readonly filter: string;
  /** The index of the selected one among those listed. */
  readonly selected: number;
  readonly focused: boolean;
  /** Any time of this day. */
  readonly today: number;
  readonly width: number;
  readonly height: number;
}

/** Targets in the order of the config, a line each; the border counts all of them by level, since some may be out of sight. */
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
