import {memo} from 'react';
import {say} from '../../../core/text/say.ts';
import type {TargetState} from '../../../core/model/target.ts';
import {innerHeight} from '../../text/frame.ts';
import {healthLines} from './health-lines.ts';
import {LEVEL_TONE} from '../../text/symbols.ts';
import {useLook} from '../../components/lines.tsx';
import {Panel} from '../../components/panel.tsx';

interface HealthPanelProps {
  readonly target: TargetState;
  readonly now: number;
  readonly width: number;
  readonly height: number;
}

/** The last finding of each probe, and the health that follows from it. */
export const HealthPanel = memo(function HealthPanel({
  target,
  now,
  width,
  height,
}: HealthPanelProps) {
  const {symbols} = useLook();
  const {level} = target.health;
  return (
    <Panel
      title={say`Health`}
      lines={healthLines(target, now, symbols, innerHeight(height))}
      width={width}
      height={height}
      tone={level === 'down' ? LEVEL_TONE.down : 'border'}
    />
  );
});
