import type {CommonCause, State} from '../../core/model/state.ts';
import type {TargetState} from '../../core/model/target.ts';
import {newTargets, targetsOf} from '../../core/targets.ts';
import {
  count,
  list,
  literal,
  number,
  objectOf,
  once,
  optional,
  record,
  string,
  time,
  timeOrNever,
  variants,
  words,
  type Shape,
} from '../shape.ts';
import {budget, policy} from './policy.ts';
import {target} from './target.ts';
import {text} from './text.ts';

/** The form of a state in a document: its targets are a list, in the order of the config file. */
export interface StateDocument extends Omit<State, 'targets'> {
  readonly targets: readonly TargetState[];
}

export function documentOf(state: State): StateDocument {
  return {...state, targets: targetsOf(state)};
}

export function stateOf(document: StateDocument, before?: State): State {
  return {...document, targets: newTargets(document.targets, before?.targets)};
}

const commonCause = variants<CommonCause, 'step'>('step', {
  suspected: {from: time, since: time, asked: list(count), untilAt: timeOrNever},
  canary: {from: time, turn: string, waitMs: number},
  following: {from: time, turn: optional(string)},
  held: {
    from: time,
    turn: string,
    waitMs: number,
    nextAttemptAt: time,
    bad: count,
    of: count,
  },
});

const parts = objectOf<StateDocument>({
  status: words<State['status']>({initializing: true, monitoring: true, stopped: true}),
  startedAt: time,
  presets: record(policy),
  targets: list(once(target)),
  healBudget: optional(budget),
  brake: optional(literal(false)),
  commonCause: optional(commonCause),
  problems: record(text),
  letGoAt: optional(time),
});

/** No two targets have one name. */
export const stateShape: Shape<StateDocument> = value => {
  const wrong = parts(value);
  if (wrong !== undefined) return wrong;
  const {targets} = value as StateDocument;
  return new Set(targets.map(({settings}) => settings.name)).size < targets.length
    ? '.targets'
    : undefined;
};
