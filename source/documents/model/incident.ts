import type {Ledger, Verdict} from '../../core/model/ledger.ts';
import type {CrashLoop, Incident, IncidentRecord} from '../../core/model/incident.ts';
import type {FixRecord, HeldReason, Waste} from '../../core/model/repair.ts';
import {
  string,
  boolean,
  count,
  list,
  number,
  objectOf,
  optional,
  table,
  time,
  words,
  type Shape,
} from '../shape.ts';
import {evidence} from './evidence.ts';
import {cause, failure} from './fault.ts';
import {identity} from './observation.ts';
import {text} from './text.ts';

export const heldReason = words<HeldReason>({
  budget: true,
  port_taken: true,
  common_cause: true,
  elsewhere: true,
});

const verdict = words<Verdict>({
  'healed': true,
  'relapsed': true,
  'no effect': true,
  'unneeded': true,
});

const crashLoop = objectOf<CrashLoop>({
  startedAt: time,
  relapses: count,
  fixes: count,
  held: boolean,
  livedMs: list(number),
  upMs: number,
  downMs: number,
  toldAt: optional(time),
  reminded: optional(boolean),
  over: optional(boolean),
});

export const incident = objectOf<Incident>({
  number: count,
  startedAt: time,
  cause: optional(cause),
  faults: list(failure),
  began: optional(objectOf<NonNullable<Incident['began']>>({cause, faults: list(failure)})),
  process: optional(identity),
  down: boolean,
  fixes: count,
  held: list(heldReason),
  deferred: boolean,
  reloaded: optional(boolean),
  evidence: optional(evidence),
  again: optional(crashLoop),
});

export const incidentRecord = objectOf<IncidentRecord>({
  number: count,
  startedAt: time,
  endedAt: time,
  cause,
  faults: list(failure),
  fixes: count,
  held: boolean,
  evidence: optional(evidence),
  again: optional(crashLoop),
  end: text,
});

export const fixRecord = objectOf<FixRecord>({
  at: time,
  issue: string,
  cause,
  action: string,
  result: words<FixRecord['result']>({
    running: true,
    signal_created: true,
    warning_logged: true,
    success: true,
    failed: true,
  }),
  healthyAfterMs: optional(number),
  workedAfterMs: optional(number),
  detail: optional(text),
  incident: optional(count),
  verdict: optional(verdict),
});

export const waste = objectOf<Waste>({times: list(time), holds: count});

export const ledger: Shape<Ledger> = table(
  cause,
  objectOf<Readonly<Record<Verdict, number>>>({
    'healed': count,
    'relapsed': count,
    'no effect': count,
    'unneeded': count,
  }),
);
