import type {State} from '../../source/core/model/state.ts';
import {readDelta, readState} from '../../source/documents/control/state.ts';
import {readMemory, type TargetMemories} from '../../source/documents/memory.ts';
import type {Reading} from '../../source/documents/reading.ts';

/** What documents hold; undefined where they cannot be read. */

export function memoriesFrom(text: string): TargetMemories | undefined {
  return valueOf(readMemory(text))?.memories;
}

export function stateFrom(text: string): State | undefined {
  return valueOf(readState(text));
}

export function withDelta(before: State, text: string): State | undefined {
  return valueOf(readDelta(before, text));
}

function valueOf<T>(reading: Reading<T>): T | undefined {
  return reading.kind === 'read' ? reading.value : undefined;
}
