import type {Evidence} from '../model/evidence.ts';
import type {IncidentRecord} from '../model/incident.ts';
import {textsBytes} from '../text/text-bytes.ts';

/** For the evidence of one target, and of all targets together: a thousand of them must not take a thousand times as much. */
const BYTES_A_TARGET = 131_072;
const BYTES_OF_ALL = 8_388_608;

/** The ended incidents of one of `targets` targets after new evidence: the older ones lose their long texts first, then all of their evidence, when those take too much. */
export function withRoomFor(
  evidence: Evidence,
  incidents: readonly IncidentRecord[],
  targets: number,
): readonly IncidentRecord[] {
  let left =
    Math.min(BYTES_A_TARGET, BYTES_OF_ALL / Math.max(1, targets)) - evidenceBytes(evidence);
  let changed = false;
  const kept = incidents.toReversed().map(incident => {
    if (!incident.evidence) return incident;
    const bytes = evidenceBytes(incident.evidence);
    if (!changed && bytes <= left) {
      left -= bytes;
      return incident;
    }
    changed = true;
    const short: Evidence = {...incident.evidence, texts: []};
    const shortBytes = evidenceBytes(short);
    if (shortBytes <= left) {
      left -= shortBytes;
      return {...incident, evidence: short};
    }
    left = 0;
    const {evidence: _, ...rest} = incident;
    return rest;
  });
  return changed ? kept.toReversed() : incidents;
}

function evidenceBytes({facts, texts}: Evidence): number {
  return textsBytes([...facts, ...texts].flatMap(({label, text}) => [label, text]));
}
