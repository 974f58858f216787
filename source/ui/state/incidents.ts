import type {Text} from '../../core/model/text.ts';
import {causeText, incidentCause} from '../../core/check/diagnosis.ts';
import {loopText} from '../../core/fix/crash-loop.ts';
import type {Evidence} from '../../core/model/evidence.ts';
import type {Fault} from '../../core/model/fault.ts';
import type {FixRecord} from '../../core/model/repair.ts';
import type {TargetState} from '../../core/model/target.ts';

/** An open or ended incident, as the screen shows it. */
export interface IncidentView {
  readonly number: number;
  readonly startedAt: number;
  /** Undefined while it is open. */
  readonly endedAt?: number;
  /** In words: `hung: idle`. */
  readonly cause?: string;
  readonly faults: readonly Fault[];
  readonly fixCount: number;
  /** Its recorded fixes, the oldest first. */
  readonly fixes: readonly FixRecord[];
  readonly held: boolean;
  readonly evidence?: Evidence;
  /** How often it came back, in words. */
  readonly loop?: Text;
  readonly end?: Text;
}

/** All recorded incidents, the newest first; an open one comes first. */
export function incidentsOf(target: TargetState): readonly IncidentView[] {
  const {incident: open, incidents} = target;
  const {local} = target.settings;
  const over = incidents
    .map((record): IncidentView => ({
      ...record,
      cause: causeText(record.cause, record.faults, local),
      fixCount: record.fixes,
      fixes: fixesOf(target, record.number),
      ...(record.again ? {loop: loopText(record.cause, record.again, record.fixes)} : {}),
    }))
    .toReversed();
  return open
    ? [
        {
          ...open,
          ...open.began,
          startedAt: open.again?.startedAt ?? open.startedAt,
          cause: incidentCause({...open, ...open.began}, local),
          fixCount: open.fixes + (open.again?.fixes ?? 0),
          fixes: fixesOf(target, open.number),
          held: open.held.length > 0 || (open.again?.held ?? false),
          ...(open.again ? {loop: loopText(open.began?.cause, open.again)} : {}),
        },
        ...over,
      ]
    : over;
}

/** The number of the incident that Enter opens: that of the selected fix, or the open one while the newest fix is selected. */
export function incidentToOpen(target: TargetState, fixAt: number | undefined): number | undefined {
  const chosen = fixAt === undefined ? undefined : target.fixes.find(({at}) => at === fixAt);
  if (chosen) return chosen.incident;
  return (
    target.incident?.number ?? target.fixes.at(-1)?.incident ?? target.incidents.at(-1)?.number
  );
}

export function fixesOf(target: TargetState, number: number): readonly FixRecord[] {
  return target.fixes.filter(({incident}) => incident === number);
}
