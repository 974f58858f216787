import type {Effect, Notice} from './model/effect.ts';
import type {Event} from './model/event.ts';
import type {TargetMemory} from './model/memory.ts';
import {message} from './text/message.ts';
import {isTold} from './fix/crash-loop.ts';
import type {State} from './model/state.ts';
import {mapTargets} from './targets.ts';

/** Starts the history anew after archiving. Budget, backoff, holds, the open incident and its number guide healing, so they stay. */
export function historyReset(
  state: State,
  {at, archive}: Extract<Event, {type: 'history-reset'}>,
): readonly [State, readonly Effect[]] {
  const notice: Notice = {
    at,
    target: 'agent2',
    level: 'info',
    kind: 'change',
    text: message`the history of fixes and incidents was archived in ${archive} and starts empty`,
  };
  return [mapTargets(state, withoutHistory), [{type: 'notify', notice}, {type: 'write-status'}]];
}

type History = Pick<TargetMemory, 'fixes' | 'incident' | 'incidents' | 'ledger'>;

/** Drops the past, but keeps the fixes of the open incident, which are not judged yet. */
export function withoutHistory<T extends History>(target: T): T {
  return {
    ...target,
    fixes: target.fixes.filter(
      ({incident, result}) =>
        result === 'running' || (incident !== undefined && incident === target.incident?.number),
    ),
    // People were told of an open crash loop, and will be told of its end.
    incidents: target.incidents.filter(({again}) => isTold(again) && !again?.over),
    ledger: {},
  };
}
