import type {ProcessIdentity} from '../core/model/observation.ts';
import {parseJson} from '../format/json.ts';
import {identity} from './model/observation.ts';
import {shaped} from './reading.ts';

/** A running child, recorded to recognise it after a crash of agent2. */
export function childRecordText({pid, startKey}: ProcessIdentity): string {
  return `${JSON.stringify({pid, startKey})}\n`;
}

/** Undefined for a truncated or foreign record. */
export function readChildRecord(text: string): ProcessIdentity | undefined {
  const read = shaped(parseJson(text), identity);
  return read.kind === 'read' && read.value.startKey !== ''
    ? {pid: read.value.pid, startKey: read.value.startKey}
    : undefined;
}
