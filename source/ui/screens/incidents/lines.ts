import type {TargetState} from '../../../core/model/target.ts';
import {render, say} from '../../../core/text/say.ts';
import {fit} from '../../../format/width.ts';
import {formatAge, formatClock} from '../../../format/age.ts';
import {incidentsOf, type IncidentView} from '../../state/incidents.ts';
import {muted, span, type Line} from '../../text/spans.ts';
import type {Symbols} from '../../text/symbols.ts';

/** A line for each incident, the newest first; `selected` is the number of an incident. */
export function incidentListLines(
  target: TargetState,
  selected: number | undefined,
  now: number,
  symbols: Symbols,
): {readonly lines: readonly Line[]; readonly marked?: number} {
  const incidents = incidentsOf(target);
  if (incidents.length === 0) return {lines: [[muted(say`no incident so far`)]]};
  const marked = Math.max(
    0,
    incidents.findIndex(({number}) => number === selected),
  );
  return {
    lines: incidents.map((incident, index) => listLine(incident, index === marked, now, symbols)),
    marked,
  };
}

function listLine(
  {number, startedAt, endedAt, cause, fixCount, end}: IncidentView,
  selected: boolean,
  now: number,
  symbols: Symbols,
): Line {
  const open = endedAt === undefined;
  return [
    `${selected ? symbols.marker : ' '} `,
    span(
      `${String(number).padStart(3)}  ${fit(formatClock(startedAt, now), 11)}  `,
      undefined,
      selected,
    ),
    span(fit(cause ?? say`not diagnosed`, 14), open ? 'down' : undefined),
    `  ${fit(fixCount === 1 ? say`1 fix` : say`${fixCount} fixes`, 8)}  `,
    open
      ? span(say`open for ${formatAge(Math.max(0, now - startedAt))}`, 'down', true)
      : muted(render(end ?? '')),
  ];
}
