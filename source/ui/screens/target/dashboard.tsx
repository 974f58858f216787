import {Box} from 'ink';
import {say} from '../../../core/text/say.ts';
import {EventsPanel} from '../../panels/events/events-panel.tsx';
import {FixesPanel} from '../../panels/fixes/fixes-panel.tsx';
import {headerLine} from '../../components/header.tsx';
import {HealthPanel} from '../../panels/health/health-panel.tsx';
import {Lines, useLook} from '../../components/lines.tsx';
import {ResponsePanel} from '../../panels/response/response-panel.tsx';
import {TargetsPanel} from '../../panels/targets/targets-panel.tsx';
import {Dialog} from '../../components/dialog.tsx';
import {Page} from '../../components/page.tsx';
import {faultBarLine, keyBarLine} from '../../keys/key-bar.ts';
import {layoutFor, type PanelLayout} from '../../layout.ts';
import {shownSeries, unitOf} from '../../state/series.ts';
import {alertLines, reasonLines, unseen} from '../../panels/reason/lines.ts';
import type {Line} from '../../text/spans.ts';
import {filterText} from '../../panels/targets/target-lines.ts';
import {confirmLines} from './confirm.ts';
import type {ScreenProps} from './screen-props.ts';

/** The full screen: panels between a header and the lines that say why and what can be done. */
export function Dashboard(props: ScreenProps) {
  const {target, phase, size, troubles, keys, bar, rows, overlay, page} = props;
  const {symbols} = useLook();
  const above = [
    headerLine(
      props.gone === undefined ? target : unseen(target),
      phase,
      size.columns,
      symbols,
      props.attachedTo,
    ),
  ];
  const below: readonly Line[] = [
    ...alertLines(target, troubles, size.rows >= 30 ? 3 : 1, symbols, props.notes),
    ...reasonLines(props, size.columns, size.rows >= 20 ? 2 : 1, symbols),
    ...(keys.faults.length > 0 && overlay.kind === 'none'
      ? [faultBarLine(keys, size.columns)]
      : []),
    keyBarLine(bar, keys, size.columns),
  ];
  const layout = layoutFor(size, above.length + below.length, rows.length);
  if (layout.kind !== 'panels') return null;
  const focus = overlay.kind === 'confirm' ? overlay.focus : undefined;
  const room = layout.height - above.length - below.length;
  return (
    <Box flexDirection="column" width={layout.width} height={layout.height}>
      <Lines lines={above} width={layout.width} height={above.length} />
      {page ? (
        <Page {...page} width={layout.width} height={room} onScrollable={props.onScrollable} />
      ) : (
        <Panels {...props} layout={layout} />
      )}
      <Lines lines={below} width={layout.width} height={below.length} />
      {focus && (
        <Dialog
          title={say`Restart ${target.settings.name}`}
          lines={width => confirmLines(target, props.action, focus, width)}
          columns={layout.width}
          rows={layout.height}
        />
      )}
    </Box>
  );
}

function Panels({
  rows,
  listed,
  overlay,
  target,
  selected,
  focused,
  now,
  ui,
  layout,
}: ScreenProps & {readonly layout: PanelLayout}) {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const series = shownSeries(target.samples, ui.series);
  return (
    <>
      {layout.targets > 0 && (
        <TargetsPanel
          rows={rows}
          listed={listed}
          filter={filterText(ui.filter, overlay.kind === 'filter')}
          selected={selected}
          focused={focused === 'targets'}
          today={today}
          width={layout.width}
          height={layout.targets}
        />
      )}
      <Box height={layout.top} width={layout.width} flexShrink={0}>
        <HealthPanel target={target} now={now} width={layout.health} height={layout.top} />
        <ResponsePanel
          samples={target.samples}
          range={ui.range}
          series={series}
          unit={series === undefined ? '' : unitOf(target.readings, series)}
          width={layout.response}
          height={layout.top}
        />
      </Box>
      <FixesPanel
        fixes={target.fixes}
        selectedAt={ui.fixAt}
        focused={focused === 'fixes'}
        today={today}
        width={layout.width}
        height={layout.fixes}
      />
      <EventsPanel events={target.events} now={today} width={layout.width} height={layout.events} />
    </>
  );
}
