import {samplesOf} from '../../../core/check/samples.ts';
import {Box} from 'ink';
import {EventsPanel} from '../../panels/events/events-panel.tsx';
import {FixesPanel} from '../../panels/fixes/fixes-panel.tsx';
import {HealthPanel} from '../../panels/health/health-panel.tsx';
import {ResponsePanel} from '../../panels/response/response-panel.tsx';
import {filterText} from '../../panels/targets/target-lines.ts';
import {TargetsPanel} from '../../panels/targets/targets-panel.tsx';
import {shownSeries, unitOf} from '../../state/series.ts';
import type {ViewProps} from '../screen.ts';
import {panelLayout} from './layout.ts';

/** The panels of the selected target, and the list of targets if there are several. */
export function Panels({
  rows,
  listed,
  target,
  selected,
  focused,
  now,
  context: {choices},
  prompt,
  size,
  width,
  height,
}: ViewProps) {
  const layout = panelLayout(size, width, height, rows.length);
  const today = new Date(now).setHours(0, 0, 0, 0);
  const series = shownSeries(samplesOf(target.samples), choices.series);
  return (
    <>
      {layout.targets > 0 && (
        <TargetsPanel
          rows={rows}
          listed={listed}
          filter={filterText(choices.filter, prompt === 'filter')}
          selected={selected}
          focused={focused === 'targets'}
          today={today}
          width={width}
          height={layout.targets}
        />
      )}
      <Box height={layout.top} width={width} flexShrink={0}>
        <HealthPanel target={target} now={now} width={layout.health} height={layout.top} />
        <ResponsePanel
          samples={samplesOf(target.samples)}
          range={choices.range}
          series={series}
          unit={series === undefined ? '' : unitOf(target.readings, series)}
          width={layout.response}
          height={layout.top}
        />
      </Box>
      <FixesPanel
        fixes={target.fixes}
        selectedAt={choices.fixAt}
        focused={focused === 'fixes'}
        today={today}
        width={width}
        height={layout.fixes}
      />
      <EventsPanel events={target.events} now={today} width={width} height={layout.events} />
    </>
  );
}
