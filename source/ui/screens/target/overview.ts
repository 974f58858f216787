import {samplesOf} from '../../../core/check/samples.ts';
import {say} from '../../../core/text/say.ts';
import {formatClock} from '../../../format/age.ts';
import {levelSpans, observesOnly, phaseSpans} from '../../components/header.tsx';
import {alertLines, reasonLines} from '../../panels/reason/lines.ts';
import {unseen} from '../../state/lost.ts';
import {stripLine} from '../../panels/response/response-lines.ts';
import {filterText, levelCounts, placeOf, targetLines} from '../../panels/targets/target-lines.ts';
import {latencyText} from '../../state/target-row.ts';
import {muted, span, spread, type Line} from '../../text/spans.ts';
import type {Symbols} from '../../text/symbols.ts';
import type {ViewProps} from '../screen.ts';

/** The first screen in a small terminal: a line for each target, the reason, the checks, the last fix. */
export function overviewLines(props: ViewProps, symbols: Symbols): readonly Line[] {
  const {rows, target, problems, now, width, height} = props;
  const last = target.fixes.at(-1);
  const head = rows.length > 1 ? listLines(props, symbols) : [singleLine(props, symbols)];
  const alerts = alertLines(target, problems, 1, symbols, props.notes);
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
    ...(height >= 7 ? [[' ', ...stripLine(samplesOf(target.samples), width - 2, symbols)]] : []),
    ...(last
      ? [[muted(say` fix  `), `${formatClock(last.at, now)} ${last.cause}: ${last.result}`]]
      : []),
  ];
}

function singleLine({target, phase, gone, width}: ViewProps, symbols: Symbols): Line {
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

/** The targets around the selected one, with counts when not all fit. Leaves some lines for the reason. */
function listLines(
  {rows, listed, selected, now, context, prompt, width, height}: ViewProps,
  symbols: Symbols,
): readonly Line[] {
  const most = Math.max(1, height - LEFT_FOR_WHY);
  const filter = filterText(context.choices.filter, prompt === 'filter');
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
