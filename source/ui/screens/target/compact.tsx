import {Box} from 'ink';
import {say} from '../../../core/text/say.ts';
import type {TargetState} from '../../../core/model/state.ts';
import {formatClock} from '../../../format/age.ts';
import {cut, displayWidth} from '../../../format/width.ts';
import {levelSpans, observesOnly, phaseSpans} from '../../components/header.tsx';
import {Lines, useLook} from '../../components/lines.tsx';
import {BarePage} from '../../components/page.tsx';
import {keyBarLine} from '../../keys/key-bar.ts';
import {alertLines, reasonLines, unseen} from '../../panels/reason/lines.ts';
import {stripLine} from '../../panels/response/response-lines.ts';
import {muted, span, spread, type Line} from '../../text/spans.ts';
import {phaseTone, type Symbols} from '../../text/symbols.ts';
import {
  filterText,
  levelCounts,
  placeOf,
  summaryLine,
  targetLines,
} from '../../panels/targets/target-lines.ts';
import {latencyText} from '../../state/target-row.ts';
import {confirmLines} from './confirm.ts';
import type {ScreenProps} from './screen-props.ts';

/** For small terminals: a line per target, the reason, the keys. */
export function Compact(props: ScreenProps) {
  const {target, size, overlay, bar, keys, page, onScrollable} = props;
  const {symbols} = useLook();
  const width = size.columns;
  const height = size.rows - 1;
  const room = height - 1;
  const lines =
    overlay.kind === 'confirm'
      ? confirmLines(target, props.action, overlay.focus, width).filter(line => line[0] !== '')
      : overview(props, width, room, symbols);
  return (
    <Box flexDirection="column" width={width} height={height}>
      {page ? (
        <BarePage {...page} width={width} height={room} onScrollable={onScrollable} />
      ) : (
        <Lines lines={lines} width={width} height={room} />
      )}
      <Lines
        lines={[
          page && props.goneShort
            ? goneLine(props.goneShort, width, symbols)
            : keyBarLine(bar, keys, width),
        ]}
        width={width}
        height={1}
      />
    </Box>
  );
}

function overview(
  props: ScreenProps,
  width: number,
  height: number,
  symbols: Symbols,
): readonly Line[] {
  const {rows, target, troubles, now} = props;
  const last = target.fixes.at(-1);
  const head =
    rows.length > 1
      ? listLines(props, width, height, symbols)
      : [singleLine(props, width, symbols)];
  const alerts = alertLines(target, troubles, 1, symbols, props.notes);
  const why = reasonLines(
    props,
    width,
    Math.max(1, Math.min(4, height - head.length - (rows.length > 1 ? alerts.length : 1))),
    symbols,
  );
  return [
    ...head,
    ...alerts,
    ...why,
    ...(height >= 7 ? [[' ', ...stripLine(target.samples, width - 2, symbols)]] : []),
    ...(last
      ? [[muted(say` fix  `), `${formatClock(last.at, now)} ${last.cause}: ${last.result}`]]
      : []),
  ];
}

function singleLine({target, phase, gone}: ScreenProps, width: number, symbols: Symbols): Line {
  const flapping = target.health.flapping ? [span(say`flapping `, 'warn')] : [];
  const left: Line = [
    ' ',
    ...levelSpans(gone === undefined ? target : unseen(target), symbols),
    ' ',
    ...flapping,
    span(target.settings.name, undefined, true),
    muted(`  ${latencyText(target)}`),
  ];
  return spread(
    left,
    [
      ...(observesOnly(target) ? [span(say`observe only `, 'warn')] : []),
      ...phaseSpans(phase, symbols),
      ' ',
    ],
    width,
    symbols.ellipsis,
  );
}

/** The targets around the selected one; where that are not all, how many are how. Some lines are left for the reason. */
function listLines(
  {rows, listed, selected, now, ui, overlay}: ScreenProps,
  width: number,
  height: number,
  symbols: Symbols,
): readonly Line[] {
  const most = Math.max(1, height - LEFT_FOR_WHY);
  const filter = filterText(ui.filter, overlay.kind === 'filter');
  if (listed.length <= most && filter === '')
    return targetLines(listed, selected, now, width, most, symbols);
  const counts =
    most < 3 && filter === ''
      ? []
      : [
          spread(
            [muted(`  ${filter === '' ? levelCounts(rows) : filter}`)],
            [muted(`${placeOf(selected, listed.length)} `)],
            width,
            symbols.ellipsis,
          ),
        ];
  return [
    ...targetLines(listed, selected, now, width, Math.max(0, most - counts.length), symbols),
    ...counts,
  ];
}

const LEFT_FOR_WHY = 3;

/** For a terminal of a few rows or columns: one line. */
export function StatusLine(props: ScreenProps) {
  const {symbols} = useLook();
  return <Lines lines={[statusLine(props, symbols)]} width={props.size.columns} height={1} />;
}

function statusLine(
  {rows, listed, selected, target, phase, size, ui, overlay, notes, goneShort}: ScreenProps,
  symbols: Symbols,
): Line {
  const several = rows.length > 1;
  if (notes[0] !== undefined)
    return [span(cut(notes[0], size.columns, symbols.ellipsis), 'warn', true)];
  if (goneShort) return goneLine(goneShort, size.columns, symbols);
  if (overlay.kind === 'confirm') return question(several, target, size.columns, symbols);
  if (overlay.kind === 'filter')
    return [filterText(ui.filter, true), muted(`  ${placeOf(selected, listed.length)}`)];
  if (several) return summaryLine(rows, size.columns, symbols);
  const notice =
    phase === 'monitoring' ? [] : [' ', span(symbols.phase[phase], phaseTone(phase), true)];
  return [
    ...levelSpans(target, symbols),
    ...notice,
    ' ',
    target.settings.name,
    ' ',
    latencyText(target),
  ];
}

/** The longest of these texts that fits. */
function goneLine(texts: readonly string[], width: number, {ellipsis}: Symbols): Line {
  const fitting =
    texts.find(text => displayWidth(text) <= width) ?? cut(texts.at(-1) ?? '', width, ellipsis);
  return [span(fitting, 'down', true)];
}

/** Which one is asked about has to be said where there are several. */
function question(
  several: boolean,
  {settings}: TargetState,
  width: number,
  symbols: Symbols,
): Line {
  const name = several ? ` ${cut(settings.name, Math.max(4, width - 13), symbols.ellipsis)}` : '';
  return [span(say`restart${name}? y/n`, 'warn', true)];
}
