import type {State, TargetState} from '../core/model/state.ts';
import {newTargets, targetsOf} from '../core/targets.ts';
import {isRecord} from '../format/json.ts';
import * as delta from './delta.ts';

/** The state of a monitor for another process, whole or as what changed in it. */

/** A state as others get it: its targets are a list. */
export interface StateDocument extends Omit<State, 'targets'> {
  readonly targets: readonly TargetState[];
}

export function documentOf(state: State): StateDocument {
  return {...state, targets: targetsOf(state)};
}

export function stateOf(document: StateDocument, before?: State): State {
  return {...document, targets: newTargets(document.targets, before?.targets)};
}

export function stateText(state: State): string {
  return delta.valueText(documentOf(state));
}

/** Undefined for what is no state. Throws a `SyntaxError` for what is no JSON. */
export function stateFrom(text: string): State | undefined {
  const value = delta.valueFrom(text);
  return isStateDocument(value) ? stateOf(value) : undefined;
}

/** What makes `after` out of `before`; undefined when nothing changed. */
export function deltaText(before: State, after: State): string | undefined {
  return delta.deltaText(documentOf(before), documentOf(after));
}

/** `before` with the change; what did not change stays the same object. Undefined for what is no state then. */
export function withDelta(before: State, text: string): State | undefined {
  const value = delta.withDelta(documentOf(before), text);
  return isStateDocument(value) ? stateOf(value, before) : undefined;
}

/** Enough of a state for a screen to be drawn from it: what else is wrong with it would be a bug of whoever speaks this protocol. */
export function isStateDocument(value: unknown): value is StateDocument {
  return (
    isRecord(value) &&
    isRecord(value.troubles) &&
    isRecord(value.presets) &&
    Array.isArray(value.targets) &&
    value.targets.every(isTarget)
  );
}

function isTarget(target: unknown): boolean {
  return (
    isRecord(target) &&
    ['settings', 'policy', 'health', 'uptime', 'readings', 'repair', 'check'].every(key =>
      isRecord(target[key]),
    ) &&
    ['fixes', 'samples', 'events', 'incidents', 'attemptTimes'].every(key =>
      Array.isArray(target[key]),
    )
  );
}
