import {Box} from 'ink';
import type {TargetState} from '../../core/state.ts';
import {formatClock} from '../../format/age.ts';
import {formatMs} from '../../format/number.ts';
import {levelSpans, observesOnly, phaseSpans} from '../components/header.tsx';
import {Lines, useLook} from '../components/lines.tsx';
import {keyBarLine} from '../key-bar.ts';
import {alertLines, whyLines} from '../notice-lines.ts';
import {stripLine} from '../response-lines.ts';
import {muted, span, spread, type Line} from '../spans.ts';
import {confirmLines} from './confirm.ts';
import type {ScreenProps} from './screen-props.ts';

/** For small terminals: a line per target, the reason, the keys. */
export function Compact(props: ScreenProps) {
  const {targets, target, phase, troubles, now, size, ui, bar, keys, page} = props;
  const {symbols} = useLook();
  const width = size.columns;
  const height = size.rows - 1;
  const last = target.fixes.at(-1);
  const room = height - 1;
  const overview: readonly Line[] = [
    ...targets.map((each): Line => spread([' ', ...levelSpans(each, symbols), ' ', span(each.settings.name, undefined, true), muted(`  ${latencyText(each)}`)], each === target ? [...(observesOnly(each) ? [span('observe only ', 'warn')] : []), ...phaseSpans(phase, symbols), ' '] : [], width, symbols.ellipsis)),
    ...alertLines(target, troubles, symbols).slice(0, 1),
    ...whyLines(target, now, width, Math.max(1, Math.min(4, room - targets.length - 2))),
    ...(height >= 8 ? [[' ', ...stripLine(target.samples, width - 2, symbols)]] : []),
    ...(last ? [[muted(' fix  '), `${formatClock(last.at, now)} ${last.cause}: ${last.result}`]] : []),
  ];
  const text = (): readonly Line[] => {
    if (ui.overlay.kind === 'confirm') return confirmLines(target, props.action, ui.overlay.focus).filter(line => line[0] !== '');
    return page ? page.lines(width).slice(Math.min(page.scroll, Math.max(0, page.lines(width).length - room))) : overview;
  };
  const shown = text().slice(0, room);
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Lines lines={shown} width={width} height={room} />
      <Lines lines={[keyBarLine(bar, keys, width)]} width={width} height={1} />
    </Box>
  );
}

/** For a terminal of a few rows or columns: one line. */
export function StatusLine({target, size, ui}: ScreenProps) {
  const {symbols} = useLook();
  const line: Line = ui.overlay.kind === 'confirm' ? [span('restart? y/n', 'warn', true)] : [...levelSpans(target, symbols), ' ', target.settings.name, ' ', latencyText(target)];
  return <Lines lines={[line]} width={size.columns} height={1} />;
}

function latencyText({lastCheck}: TargetState): string {
  const observation = lastCheck?.observation;
  if (!observation || observation.kind === 'inconclusive' || observation.latencyMs === undefined) return '';
  return formatMs(observation.latencyMs);
}
