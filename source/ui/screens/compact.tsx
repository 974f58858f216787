import {Box} from 'ink';
import type {TargetState} from '../../core/state.ts';
import {formatClock} from '../../format/age.ts';
import {formatMs} from '../../format/number.ts';
import {levelSpans, observesOnly, phaseSpans} from '../components/header.tsx';
import {Lines, useLook} from '../components/lines.tsx';
import {BarePage} from '../components/page.tsx';
import {keyBarLine} from '../key-bar.ts';
import {alertLines, whyLines} from '../notice-lines.ts';
import {stripLine} from '../response-lines.ts';
import {muted, span, spread, type Line} from '../spans.ts';
import {phaseTone, type Symbols} from '../symbols.ts';
import {confirmLines} from './confirm.ts';
import type {ScreenProps} from './screen-props.ts';

/** For small terminals: a line per target, the reason, the keys. */
export function Compact(props: ScreenProps) {
  const {target, size, ui, bar, keys, page, onScrollable} = props;
  const {symbols} = useLook();
  const width = size.columns;
  const height = size.rows - 1;
  const room = height - 1;
  const lines = ui.overlay.kind === 'confirm' ? confirmLines(target, props.action, ui.overlay.focus, width).filter(line => line[0] !== '') : overview(props, width, room, symbols);
  return (
    <Box flexDirection="column" width={width} height={height}>
      {page ? <BarePage {...page} width={width} height={room} onScrollable={onScrollable} /> : <Lines lines={lines} width={width} height={room} />}
      <Lines lines={[keyBarLine(bar, keys, width)]} width={width} height={1} />
    </Box>
  );
}

function overview({targets, target, phase, troubles, now}: ScreenProps, width: number, height: number, symbols: Symbols): readonly Line[] {
  const last = target.fixes.at(-1);
  return [
    ...targets.map(each => spread(targetLine(each, symbols), each === target ? [...(observesOnly(each) ? [span('observe only ', 'warn')] : []), ...phaseSpans(phase, symbols), ' '] : [], width, symbols.ellipsis)),
    ...alertLines(target, troubles, 1, symbols),
    ...whyLines(target, now, width, Math.max(1, Math.min(4, height - targets.length - 2)), symbols),
    ...(height >= 7 ? [[' ', ...stripLine(target.samples, width - 2, symbols)]] : []),
    ...(last ? [[muted(' fix  '), `${formatClock(last.at, now)} ${last.cause}: ${last.result}`]] : []),
  ];
}

function targetLine(target: TargetState, symbols: Symbols): Line {
  const flapping = target.health.flapping ? [span('flapping ', 'warn')] : [];
  return [' ', ...levelSpans(target, symbols), ' ', ...flapping, span(target.settings.name, undefined, true), muted(`  ${latencyText(target)}`)];
}

/** For a terminal of a few rows or columns: one line. */
export function StatusLine({target, phase, size, ui}: ScreenProps) {
  const {symbols} = useLook();
  const notice = phase === 'monitoring' ? [] : [' ', span(symbols.phase[phase], phaseTone(phase), true)];
  const line: Line = ui.overlay.kind === 'confirm' ? [span('restart? y/n', 'warn', true)] : [...levelSpans(target, symbols), ...notice, ' ', target.settings.name, ' ', latencyText(target)];
  return <Lines lines={[line]} width={size.columns} height={1} />;
}

function latencyText({lastCheck}: TargetState): string {
  const observation = lastCheck?.observation;
  if (!observation || observation.kind === 'inconclusive' || observation.latencyMs === undefined) return '';
  return formatMs(observation.latencyMs);
}
