import {isHard} from '../check/diagnosis.ts';
import type {Effect} from '../model/effect.ts';
import type {Event} from '../model/event.ts';
import type {Failure} from '../model/fault.ts';
import {type ProcessReading} from '../model/observation.ts';
import {doubt} from '../check/doubt.ts';
import type {TargetState} from '../model/target.ts';
import type {Sighting} from './history.ts';

/** One event of a target in a recording. */
export interface Followed {
  readonly event: Event;
  readonly before: TargetState;
  readonly after: TargetState;
  readonly effects: readonly Effect[];
  /** On the even clock; `offsetMs` converts to it from the recorded one. */
  readonly at: number;
  readonly offsetMs: number;
  readonly counting: boolean;
}

const NONE: readonly Failure[] = [];

/** The event's news about the service; undefined when it has none. */
export function sightingOf(
  {event, before, offsetMs}: Followed,
  last: Sighting | undefined,
  generation: number,
): Sighting | undefined {
  if (event.type === 'looked' && event.epoch === before.epoch && !before.paused) {
    const hard = event.result.faults.filter(isHard);
    const wasHard = last?.faults.some(isHard) ?? false;
    if (hard.length === 0 && !wasHard && generation === last?.generation) return undefined;
    const faults = [...hard, ...(last?.faults.filter(fault => !isHard(fault)) ?? NONE)];
    return {
      at: event.at + offsetMs,
      tookMs: 0,
      kind: faults.length > 0 ? 'bad' : 'good',
      latencyMs: last?.latencyMs,
      faults,
      warnings: last?.warnings ?? NONE,
      process: notable(event.result.readings.process),
      generation,
    };
  }
  if (event.type !== 'observed' || event.epoch !== before.epoch || before.check.state !== 'running')
    return undefined;
  const {observation, startedAt} = event;
  const common = {at: startedAt + offsetMs, tookMs: event.at - startedAt, generation};
  if (observation.kind === 'inconclusive' || doubt(observation, event, before.policy) !== undefined)
    return {...common, kind: 'unknown', faults: last?.faults ?? NONE, warnings: NONE};
  const {latencyMs, readings} = observation;
  return observation.kind === 'ok'
    ? {...common, kind: 'good', latencyMs, faults: NONE, warnings: observation.warnings ?? NONE}
    : {
        ...common,
        kind: 'bad',
        latencyMs,
        faults: observation.faults,
        warnings: NONE,
        process: notable(readings.process),
      };
}

function notable(reading: ProcessReading | undefined): ProcessReading | undefined {
  return reading?.state === 'alive' || reading?.state === 'unknown' ? undefined : reading;
}
