import type {ProcessIdentity} from '../core/model/observation.ts';
import {parseJson} from '../format/json.ts';
import {identity} from './model/observation.ts';
import {shaped} from './reading.ts';

/** A running child, so that it can be recognised after our own sudden end. */
export function childRecordText({pid, startKey}: ProcessIdentity): string {
  return `${JSON.stringify({pid, startKey})}\n`;
}

/** Undefined for a record that was cut short or made by somebody else. */
export function readChildRecord(text: string): ProcessIdentity | undefined {
  const read = shaped(parseJson(text), identity);
  return read.kind === 'read' && read.value.startKey !== ''
    ? {pid: read.value.pid, startKey: read.value.startKey}
    : undefined;
}
