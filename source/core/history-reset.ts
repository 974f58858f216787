import type {Effect, Notice} from './model/effect.ts';
import type {Event} from './model/event.ts';
import type {TargetMemory} from './model/memory.ts';
import {message} from './text/message.ts';
import type {State} from './model/state.ts';
import {mapTargets} from './targets.ts';

/** The history was archived and begins anew. What healing goes by (budget, backoff, what is held, the open incident and its number) is no history, and stays. */
export function historyReset(
  state: State,
  {at, archive}: Extract<Event, {type: 'history-reset'}>,
): readonly [State, readonly Effect[]] {
  const notice: Notice = {
    at,
    target: 'agent2',
    level: 'info',
    kind: 'change',
    text: message`the history of fixes and incidents was archived in ${archive} and begins anew`,
  };
  return [mapTargets(state, withoutHistory), [{type: 'tell', notice}, {type: 'write-status'}]];
}

type History = Pick<TargetMemory, 'fixes' | 'incident' | 'incidents' | 'ledger'>;

/** Without what is over. The fixes of the incident that is open are still to be judged. */
export function withoutHistory<T extends History>(target: T): T {
  return {
    ...target,
    fixes: target.fixes.filter(
      ({incident, result}) =>
        result === 'running' || (incident !== undefined && incident === target.incident?.number),
    ),
    incidents: [],
    ledger: {},
  };
}
