import type {State} from '../../core/model/state.ts';
import {endlessText, parseEndless} from '../endless-json.ts';
import {documentOf, stateOf, stateShape} from '../model/state.ts';
import {shaped, type Reading} from '../reading.ts';
import {applied, difference, MISFIT} from './delta.ts';

/** The state of a monitor for another process, whole or as what changed in it. Both are of one version: its protocol says so, or the head of the file. */

export function stateText(state: State): string {
  return endlessText(documentOf(state));
}

export function readState(text: string): Reading<State> {
  const read = shaped(parseEndless(text), stateShape);
  return read.kind === 'read' ? {kind: 'read', value: stateOf(read.value)} : read;
}

/** What makes `after` out of `before`; undefined when nothing changed. */
export function deltaText(before: State, after: State): string | undefined {
  const delta = difference(documentOf(before), documentOf(after));
  return delta === undefined ? undefined : endlessText(delta);
}

/** `before` with the change; what did not change stays the same object. */
export function readDelta(before: State, text: string): Reading<State> {
  const after = applied(documentOf(before), parseEndless(text));
  if (after === MISFIT) return {kind: 'damaged', at: ''};
  const read = shaped(after, stateShape);
  return read.kind === 'read' ? {kind: 'read', value: stateOf(read.value, before)} : read;
}
