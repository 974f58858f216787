import type {Effect} from './model/effect.ts';
import type {State} from './model/state.ts';
import {mapTargets, targetsOf} from './targets.ts';
import {message} from './text/message.ts';
import {interruptUptime} from './check/uptime.ts';
import {startGraceMs} from './fix/start-grace.ts';

/** Starts the loop; spreads the first checks over the interval, so that they do not come all at once. */
export function started(state: State, at: number): readonly [State, readonly Effect[]] {
  const spacing = targetsOf(state).length;
  const begun = mapTargets(state, (target, index) => ({
    ...target,
    graceUntil: at + startGraceMs(target),
    check: {
      state: 'idle',
      dueAt: target.paused ? Infinity : at + (index * target.policy.intervalMs) / spacing,
      tries: 0,
    },
  }));
  return [{...begun, status: 'monitoring'}, [{type: 'write-status'}]];
}

/** Leaves a running fix alone, since a half-done restart is worse than one that ends after agent2. The shell decides how long to wait. */
export function stopped(state: State, at: number): readonly [State, readonly Effect[]] {
  const left = mapTargets(state, target => ({
    ...target,
    epoch: target.epoch + 1,
    check: {state: 'idle', dueAt: Infinity, tries: 0},
    uptime: interruptUptime(target.uptime),
  }));
  const ends = targetsOf(state).flatMap((target): Effect[] => [
    {type: 'cancel-check', target: target.settings.name},
    {
      type: 'notify',
      notice: {
        at,
        target: target.settings.name,
        level: 'info',
        kind: 'change',
        text: message`agent2 stops watching`,
      },
    },
  ]);
  return [{...left, status: 'stopped'}, [...ends, {type: 'write-status'}]];
}
