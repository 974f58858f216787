import type {State} from '../../core/model/state.ts';
import * as delta from './delta.ts';
import {documentOf, stateOf, stateShape} from '../model/state.ts';
import {shaped} from '../reading.ts';

/** The state of a monitor for another process, whole or as what changed in it. */

export function stateText(state: State): string {
  return delta.valueText(documentOf(state));
}

/** Undefined for what is no state. Throws a `SyntaxError` for what is no JSON. */
export function stateFrom(text: string): State | undefined {
  const read = shaped(delta.valueFrom(text), stateShape);
  return read.kind === 'read' ? stateOf(read.value) : undefined;
}

/** What makes `after` out of `before`; undefined when nothing changed. */
export function deltaText(before: State, after: State): string | undefined {
  return delta.deltaText(documentOf(before), documentOf(after));
}

/** `before` with the change; what did not change stays the same object. Undefined for what is no state then. */
export function withDelta(before: State, text: string): State | undefined {
  const read = shaped(delta.withDelta(documentOf(before), text), stateShape);
  return read.kind === 'read' ? stateOf(read.value, before) : undefined;
}
