import type {FixAction} from '../model/repair.ts';
import type {Healing} from './history.ts';
import {median} from '../fix/median.ts';
import type {Tracker} from './tracker.ts';

/** How long fixes of a target take: the medians of its own recorded fixes, else of those of all targets, else a guess. */
export function healingOf(own: Tracker, all: readonly Tracker[]): Healing {
  const of = (action: FixAction) => {
    const pick = (what: 'done' | 'healthy') =>
      median(own.durations[action][what]) ??
      median(all.flatMap(({durations}) => durations[action][what]));
    const healthyMs = pick('healthy') ?? GUESSED[action].healthyMs;
    return {
      healthyMs,
      doneMs: Math.min(healthyMs, pick('done') ?? GUESSED[action].doneMs),
      measured: own.durations[action].healthy.length,
    };
  };
  return {continue: of('continue'), restart: of('restart')};
}

/** Used when the recording has none. */
const GUESSED: Readonly<Record<FixAction, {readonly doneMs: number; readonly healthyMs: number}>> =
  {
    continue: {doneMs: 5, healthyMs: 200},
    restart: {doneMs: 500, healthyMs: 2_000},
  };
