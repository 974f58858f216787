import type {TargetMemory} from '../../core/model/memory.ts';
import {
  boolean,
  count,
  list,
  objectOf,
  optional,
  string,
  time,
  timeOrNever,
  type Fields,
} from '../shape.ts';
import {fixRecord, heldReason, incident, incidentRecord, ledger, waste} from './incident.ts';

type Chosen = NonNullable<TargetMemory['chosen']>;

export const memoryFields: Fields<TargetMemory> = {
  fixes: list(fixRecord),
  attempts: count,
  attemptTimes: list(time),
  waste: optional(waste),
  slowStarts: optional(count),
  lastAttemptEndedAt: optional(time),
  held: optional(
    objectOf<NonNullable<TargetMemory['held']>>({
      reason: heldReason,
      since: time,
      nextAttemptAt: timeOrNever,
    }),
  ),
  incident: optional(incident),
  incidentCount: count,
  incidents: list(incidentRecord),
  ledger,
  provenBy: optional(string),
  spent: optional(boolean),
  paused: optional(objectOf<NonNullable<TargetMemory['paused']>>({untilAt: optional(time)})),
  chosen: optional(
    objectOf<Chosen>({
      preset: string,
      observing: boolean,
      configured: objectOf<Chosen['configured']>({preset: string, observing: boolean}),
    }),
  ),
};

export const memory = objectOf<TargetMemory>(memoryFields);
