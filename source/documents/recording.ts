import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import {isRecord} from '../format/json.ts';
import {parseEndless} from './endless-json.ts';
import {event} from './model/event.ts';
import {documentOf, stateOf, stateShape, type StateDocument} from './model/state.ts';
import {readVersioned, shaped, type Damaged, type Format, type Later} from './reading.ts';
import {eventOfVersion1, headerOfVersion1} from './recording-version-1.ts';
import {literal, objectOf, string, time} from './shape.ts';

/** A recording consists of JSON lines, each a header or an event. From a header on, the same events through the same `update` give the same states. */
export type RecordingLine =
  | {readonly kind: 'header'; readonly header: {readonly at: number; readonly state: State}}
  | {readonly kind: 'event'; readonly event: Event}
  | Damaged
  | Later;

/** The start of a run, or of a new file within one: the state before the following events. */
interface Header {
  readonly type: 'recording';
  /** Of agent2. */
  readonly by: string;
  readonly at: number;
  readonly state: StateDocument;
}

const FORMAT: Format<Header> = {
  version: 2,
  lifts: [headerOfVersion1],
  shape: objectOf<Header>({type: literal('recording'), by: string, at: time, state: stateShape}),
};

/** Writes lines without large or private parts; redacts `secrets`. */
export interface RecordingWriter {
  header(state: State, at: number): string;
  event(event: Event): string;
}

export function recordingWriter(by: string, secrets: readonly string[]): RecordingWriter {
  // A fingerprint represents a target's whole config, and only equality matters.
  const fingerprints = new Map<string, string>();
  const numbered = (text: string) => {
    if (!fingerprints.has(text))
      fingerprints.set(text, text === '' ? '' : `#${fingerprints.size + 1}`);
    return fingerprints.get(text);
  };
  const hidden = secrets.filter(secret => secret !== '');
  const lean = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return key === 'samples' || key === 'events' ? [] : value;
    if (isEvidence(value)) return {...value, facts: [], texts: []};
    if (typeof value !== 'string') return value;
    if (key === 'excerpt') return undefined;
    if (key === 'command') return '';
    if (key === 'fingerprint') return numbered(value);
    return hidden.reduce((text, secret) => text.replaceAll(secret, '***'), value);
  };
  return {
    header: (state, at) =>
      JSON.stringify(
        {
          ...({type: 'recording', by, at, state: documentOf(state)} satisfies Header),
          version: FORMAT.version,
        },
        lean,
      ),
    event: event => JSON.stringify(event, lean),
  };
}

function isEvidence(value: unknown): value is {readonly facts: unknown; readonly texts: unknown} {
  return isRecord(value) && Array.isArray(value.facts) && Array.isArray(value.texts);
}

/** Parses one line; a truncated or foreign one is `damaged`. The header before an event determines its format. */
export function readRecordingLine(text: string): RecordingLine {
  const value = parseEndless(text);
  if (isRecord(value) && value.type === 'recording') {
    const header = readVersioned(value, FORMAT);
    return header.kind === 'read'
      ? {kind: 'header', header: {at: header.value.at, state: stateOf(header.value.state)}}
      : header;
  }
  const read = shaped(isRecord(value) ? eventOfVersion1(value) : value, event);
  return read.kind === 'read' ? {kind: 'event', event: read.value} : read;
}
