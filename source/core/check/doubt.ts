import type {Observation} from '../model/observation.ts';
import type {Text} from '../model/text.ts';
import {message} from '../text/message.ts';
import {slowOf} from './combine.ts';

/**
 * Why an observation shows a problem of agent2 rather than of the target; undefined when it does not. A check that outlived its own time
 * limit, or timers that were late by half of it, prove that agent2 was not running (SIGSTOP, laptop sleep, starved CPU).
 */
export function doubt(
  observation: Observation,
  timing: CheckTiming,
  limits: {readonly timeoutMs: number; readonly intervalMs: number},
): Text | undefined {
  if (observation.kind !== 'failed' && !slowOf(observation)) return undefined;
  const elapsedMs = timing.at - timing.startedAt;
  const toleratedLagMs = Math.min(limits.timeoutMs, limits.intervalMs) / 2;
  if (timing.lagMs > toleratedLagMs)
    return message`agent2 itself stalled for ${Math.round(timing.lagMs)} ms during the check`;
  if (elapsedMs > limits.timeoutMs * 2 + 2000)
    return message`the check took ${Math.round(elapsedMs)} ms, far beyond its limit: agent2 or the machine slept`;
  return undefined;
}

/** How long a check took, and the greatest lateness of agent2's own timers meanwhile, in ms. */
export interface CheckTiming {
  readonly startedAt: number;
  readonly at: number;
  readonly lagMs: number;
}
