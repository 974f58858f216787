import type {ProcessIdentity} from '../core/model/observation.ts';
import {parseJson} from '../format/json.ts';
import {identity} from './model/observation.ts';
import {shaped} from './reading.ts';
import {objectOf} from './shape.ts';

/** A running child, recorded to recognise it after a crash of agent2. */
export interface RecordedChild {
  readonly identity: ProcessIdentity;
  /** agent2's command started it. Otherwise it only serves in the place of that command, and is not agent2's to end. */
  readonly ours: boolean;
}

export function childRecordText({identity: {pid, startKey}, ours}: RecordedChild): string {
  // An agent2 that does not know processes of others finds none here, and so ends none.
  return `${JSON.stringify(ours ? {pid, startKey} : {serves: {pid, startKey}})}\n`;
}

/** Undefined for a truncated or foreign record. */
export function readChildRecord(text: string): RecordedChild | undefined {
  const json = parseJson(text);
  const own = shaped(json, identity);
  if (own.kind === 'read') return recorded(own.value, true);
  const other = shaped(json, serving);
  return other.kind === 'read' ? recorded(other.value.serves, false) : undefined;
}

const serving = objectOf<{readonly serves: ProcessIdentity}>({serves: identity});

function recorded({pid, startKey}: ProcessIdentity, ours: boolean): RecordedChild | undefined {
  return startKey === '' ? undefined : {identity: {pid, startKey}, ours};
}
