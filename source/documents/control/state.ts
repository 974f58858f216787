import type {State} from '../../core/model/state.ts';
import {endlessText, parseEndless} from '../endless-json.ts';
import {documentOf, stateOf, stateShape} from '../model/state.ts';
import {shaped, type Reading} from '../reading.ts';
import {applied, difference, MISFIT} from './delta.ts';

/** The state of a monitor for another process, whole or as changes. Both have the same version, checked by the protocol or the head of the file. */

export function stateText(state: State): string {
  return endlessText(documentOf(state));
}

export function readState(text: string): Reading<State> {
  const read = shaped(parseEndless(text), stateShape);
  return read.kind === 'read' ? {kind: 'read', value: stateOf(read.value)} : read;
}

/** The change from `before` to `after`; undefined without one. */
export function deltaText(before: State, after: State): string | undefined {
  const delta = difference(documentOf(before), documentOf(after));
  return delta === undefined ? undefined : endlessText(delta);
}

/** Applies the change to `before`; unchanged parts stay the same objects. */
export function readDelta(before: State, text: string): Reading<State> {
  const after = applied(documentOf(before), parseEndless(text));
  if (after === MISFIT) return {kind: 'damaged', at: ''};
  const read = shaped(after, stateShape);
  return read.kind === 'read' ? {kind: 'read', value: stateOf(read.value, before)} : read;
}
