import {render, say, sayOf} from '../../../core/text/say.ts';
import {span as lasting} from '../../../core/text/span.ts';
import type {FixRecord} from '../../../core/model/repair.ts';
import type {TargetState} from '../../../core/model/target.ts';
import type {Evidence} from '../../../core/model/evidence.ts';
import {evidenceLabel} from '../../../core/text/evidence-label.ts';
import {formatAge, formatClock} from '../../../format/age.ts';
import {formatMs} from '../../../format/number.ts';
import {displayWidth, fit} from '../../../format/width.ts';
import {fixesOf, incidentsOf} from '../../state/incidents.ts';
import {entry, LABEL} from '../../text/entry.ts';
import {hanging, muted, paragraph, span, type Line} from '../../text/spans.ts';

/** All facts about one incident: times, cause, faults, fixes, evidence. */
export function incidentLines(
  target: TargetState,
  number: number,
  now: number,
  width: number,
): readonly Line[] {
  const incident = incidentsOf(target).find(each => each.number === number);
  if (!incident)
    return [
      ...paragraph(say`incident ${number} is no longer recorded; its known fixes:`, width),
      ...fixLines(fixesOf(target, number), now, width),
    ];
  const {startedAt, endedAt, cause, faults, evidence, held, end, fixCount, fixes, loop} = incident;
  const forgotten = fixCount - fixes.length;
  return [
    ...entry(say`target`, target.settings.name, width),
    ...entry(say`began`, formatClock(startedAt, now), width),
    ...(endedAt === undefined
      ? entry(sayOf('incident')`open`, say`for ${formatAge(Math.max(0, now - startedAt))}`, width)
      : entry(
          say`ended`,
          say`${formatClock(endedAt, now)}, lasted ${lasting(endedAt - startedAt)}`,
          width,
        )),
    ...entry(say`cause`, cause ?? say`not diagnosed yet`, width),
    ...entry(
      say`beside it`,
      evidence?.found.map(found => found.replaceAll('_', ' ')).join(', ') ?? '',
      width,
    ),
    ...entry(say`again`, loop ? render(loop) : '', width),
    ...faults.flatMap(({text}) => entry(say`seen`, render(text), width)),
    ...entry(say`held`, held ? (endedAt === undefined ? say`yes` : say`for a while`) : '', width),
    ...fixLines(fixes, now, width),
    ...entry(
      say`fixes`,
      fixCount === 0 ? say`none` : forgotten > 0 ? say`${forgotten} more, no longer recorded` : '',
      width,
    ),
    ...entry(say`end`, render(end ?? ''), width),
    ...(evidence ? evidenceLines(evidence, now, width) : []),
  ];
}

function fixLines(fixes: readonly FixRecord[], now: number, width: number): readonly Line[] {
  return fixes.flatMap(({at, action, result, verdict, healthyAfterMs, detail}) => {
    const outcome = [
      result.replaceAll('_', ' '),
      ...(healthyAfterMs === undefined ? [] : [say`healthy after ${formatMs(healthyAfterMs)}`]),
      ...(verdict === undefined ? [] : [verdict]),
    ].join(', ');
    return [
      ...entry(sayOf('incident')`fix`, `${formatClock(at, now)} ${action}: ${outcome}`, width),
      ...entry(' ', render(detail ?? ''), width),
    ];
  });
}

/** The facts, a line each, then the texts. Texts are cut and not wrapped, because wrapping would break columns. */
function evidenceLines({at, facts, texts}: Evidence, now: number, width: number): readonly Line[] {
  const label = Math.min(
    Math.floor(width / 3),
    Math.max(LABEL, ...facts.map(fact => displayWidth(render(evidenceLabel(fact.label))) + 2)),
  );
  return [
    [''],
    [span(say`found before the fix, ${formatClock(at, now)}`, 'accent', true)],
    ...facts.flatMap(fact =>
      hanging(
        muted(fit(render(evidenceLabel(fact.label)), label)),
        label,
        paragraph(render(fact.text), width - label),
      ),
    ),
    ...texts.flatMap(({label, text}): readonly Line[] => [
      [''],
      [span(render(evidenceLabel(label)), 'accent', true)],
      ...text.split('\n').map(line => [line]),
    ]),
  ];
}
