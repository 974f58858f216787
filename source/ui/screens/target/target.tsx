import {levelSpans} from '../../components/header.tsx';
import {Lines, useLook} from '../../components/lines.tsx';
import {summaryLine} from '../../panels/targets/target-lines.ts';
import {latencyText} from '../../state/target-row.ts';
import {span, type Line} from '../../text/spans.ts';
import {phaseTone, type Symbols} from '../../text/symbols.ts';
import type {ScreenDefinition, ViewProps} from '../screen.ts';
import {targetKeys} from './keys.ts';
import {overviewLines} from './overview.ts';
import {Panels} from './panels.tsx';

/** The first screen: the selected target, and the list of targets if there are several. */
export const definition: ScreenDefinition = {
  name: 'target',
  shows: 'page',
  title: (_, {target}) => target.settings.name,
  key: undefined,
  open: () => ({}),
  keys: targetKeys,
  reduce: state => state,
  View: TargetView,
  smallest: {columns: 1, rows: 1},
};

function TargetView(props: ViewProps) {
  const {symbols} = useLook();
  const {kind, width, height} = props;
  switch (kind) {
    case 'panels':
      return <Panels {...props} />;
    case 'lines':
      return <Lines lines={overviewLines(props, symbols)} width={width} height={height} />;
    case 'status':
      return <Lines lines={[statusLine(props, symbols)]} width={width} height={1} />;
  }
}

/** For a terminal of a few rows or columns. */
function statusLine({rows, target, phase, width}: ViewProps, symbols: Symbols): Line {
  if (rows.length > 1) return summaryLine(rows, width, symbols);
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
