import type {Event} from '../model/event.ts';
import {memoryOf} from '../memory.ts';
import type {State} from '../model/state.ts';
import {changesBetween, findTarget, targetsOf} from '../targets.ts';
import {update} from '../update.ts';
import type {History} from './history.ts';
import {healingOf} from './healing.ts';
import {createTracker, type Tracker} from './tracker.ts';

/** Reads a recording event by event: repeats the run's decisions, and keeps the facts about the services. */
export interface Past {
  /** A run, or another file of one, begins with `state`. */
  begin(state: State, at: number): void;
  /** Applies `update` to the event, with the same result as in the run. Returns false, and does nothing, before any `begin`. */
  apply(event: Event): boolean;
  /** The current state. */
  state(): State | undefined;
  history(): History | undefined;
}

/** Events before `since` (epoch ms) are applied, but not counted. */
export function createPast(since = -Infinity): Past {
  const trackers = new Map<string, Tracker>();
  let state: State | undefined;
  /** Corrects the times of events so that they run evenly. */
  let offsetMs = 0;
  let from: number | undefined;
  let to = -Infinity;
  let counting = false;

  return {
    begin(next, at) {
      // A clock that was set back between two runs must not make the second overlap the first.
      if (at + offsetMs < to) offsetMs = to - at;
      state = next;
      pass(at);
    },
    apply(event) {
      if (!state) return false;
      if (event.type === 'clock-jumped') offsetMs -= event.byMs;
      pass(event.at);
      const before = state;
      const [after, effects] = update(before, event);
      state = after;
      const at = event.at + offsetMs;
      const names = new Set(changesBetween(before, after).map(({is}) => is.settings.name));
      if ('target' in event) names.add(event.target);
      for (const name of names) {
        const [was, is] = [findTarget(before, name), findTarget(after, name)];
        if (was && is)
          trackerOf(name).follow({event, before: was, after: is, effects, at, offsetMs, counting});
      }
      return true;
    },
    state: () => state,
    history() {
      if (from === undefined || !state) return undefined;
      const span = {from, to};
      const all = [...trackers.values()];
      return {
        ...span,
        healBudget: state.healBudget,
        brake: state.brake,
        targets: all.flatMap(tracker => tracker.history(span, healingOf(tracker, all))),
      };
    },
  };

  function trackerOf(name: string): Tracker {
    const known = trackers.get(name);
    if (known) return known;
    const made = createTracker();
    trackers.set(name, made);
    return made;
  }

  /** Advances the time; where counting begins, records every target's current state. */
  function pass(wallAt: number): void {
    counting ||= wallAt >= since;
    to = Math.max(to, wallAt + offsetMs);
    if (!counting || !state) return;
    from ??= wallAt + offsetMs;
    for (const target of targetsOf(state)) {
      const {settings, preset, observing, paused, pausedUntil} = target;
      // The initial state includes people's earlier choices, and other settings are tried instead.
      const memory = {...memoryOf(target), paused: undefined, chosen: undefined};
      trackerOf(settings.name).begin({
        start: {settings, preset, observing, memory},
        startsPaused: paused,
        pausedUntil: pausedUntil === undefined ? undefined : pausedUntil + offsetMs,
      });
    }
  }
}
