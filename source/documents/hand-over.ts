import {version} from 'agent2:version';
import type {State} from '../core/model/state.ts';
import {parseJson} from '../format/json.ts';
import {readState, stateText} from './control/state.ts';
import {shaped, type Reading} from './reading.ts';
import {object, objectOf, pid, string, time} from './shape.ts';

/** The hand-over of a loop to another process: a line about the old process, and one of its state. Both have the same version of agent2. */
interface Head {
  readonly at: number;
  readonly pid: number;
  /** The key of the fingerprints, which could help to guess secrets: without it no settings can be recognised. */
  readonly key: string;
}

export type HandoverReading =
  | {readonly kind: 'read'; readonly head: Head; state(): Reading<State>}
  | {readonly kind: 'other-version'; readonly pid: number}
  | {readonly kind: 'damaged'};

const anyVersion = object({version: string, pid});
const ownHead = objectOf<Head>({at: time, pid, key: string});

export function handoverText(head: Head, state: State): string {
  return `${JSON.stringify({version, ...head})}\n${stateText(state)}\n`;
}

export function readHandover(text: string): HandoverReading {
  const [first = '', second = ''] = text.split('\n');
  const value = parseJson(first);
  const any = shaped(value, anyVersion);
  if (any.kind !== 'read') return {kind: 'damaged'};
  if (any.value.version !== version) return {kind: 'other-version', pid: any.value.pid};
  const head = shaped(value, ownHead);
  return head.kind === 'read'
    ? {kind: 'read', head: head.value, state: () => readState(second)}
    : {kind: 'damaged'};
}
