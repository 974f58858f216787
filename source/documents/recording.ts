import type {Event} from '../core/model/event.ts';
import type {State} from '../core/model/state.ts';
import {isRecord} from '../format/json.ts';
import {documentOf, isStateDocument, stateOf, type StateDocument} from './state.ts';

/** The text of a recording: JSON lines, each a header or an event. From a header on, the same events through the same `update` give the same states. */

const VERSION = 1;

/** What a run, or a new file in the middle of one, begins with: the state that the events after it find. */
interface RecordingHeader {
  /** Which agent2 wrote it. */
  readonly by: string;
  readonly at: number;
  readonly state: State;
}

interface HeaderLine extends Omit<RecordingHeader, 'state'> {
  readonly type: 'recording';
  readonly version: typeof VERSION;
  readonly state: StateDocument;
}

export type RecordingLine =
  | {readonly kind: 'header'; readonly header: RecordingHeader}
  | {readonly kind: 'event'; readonly event: Event}
  | {readonly kind: 'damaged'};

/** Writes lines without what is big or nobody else's business; `secrets` are texts that must not be shown. */
export interface RecordingWriter {
  header(state: State, at: number): string;
  event(event: Event): string;
}

export function recordingWriter(by: string, secrets: readonly string[]): RecordingWriter {
  // A fingerprint is the whole of a target's config: what counts is only whether it is the same.
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
          type: 'recording',
          version: VERSION,
          by,
          at,
          state: documentOf(state),
        } satisfies HeaderLine,
        lean,
      ),
    event: event => JSON.stringify(event, lean),
  };
}

/** Understands one line; one that was cut short, or is of another version or nature, is `damaged`. */
export function readRecordingLine(text: string): RecordingLine {
  const value = parse(text);
  if (!isRecord(value) || typeof value.at !== 'number' || typeof value.type !== 'string')
    return {kind: 'damaged'};
  if (value.type !== 'recording')
    return isEvent(value) ? {kind: 'event', event: value} : {kind: 'damaged'};
  if (!isHeader(value)) return {kind: 'damaged'};
  const {by, at, state} = value;
  return {kind: 'header', header: {by, at, state: stateOf(state)}};
}

/** What each kind of event cannot do without. */
const NEEDED: Readonly<Record<Event['type'], readonly string[]>> = {
  'started': [],
  'tick': [],
  'observed': ['target', 'epoch', 'startedAt', 'lagMs', 'observation'],
  'looked': ['target', 'epoch', 'asked', 'result'],
  'evidence': ['target', 'attempt', 'evidence'],
  'fix-signalled': ['target', 'attempt'],
  'fix-finished': ['target', 'attempt', 'outcome'],
  'restart-requested': ['target', 'by'],
  'paused': ['target'],
  'resumed': ['target'],
  'observing': ['target', 'on'],
  'preset': ['target', 'name'],
  'reconfigured': ['targets'],
  'history-reset': ['archive'],
  'clock-jumped': ['byMs'],
  'trouble': ['about'],
  'let-go': [],
  'taken-over': [],
  'stopped': [],
};

function isEvent(value: Record<string, unknown>): value is Record<string, unknown> & Event {
  const needed = Object.hasOwn(NEEDED, value.type as string)
    ? NEEDED[value.type as Event['type']]
    : undefined;
  return needed?.every(key => value[key] !== undefined && value[key] !== Infinity) ?? false;
}

function isHeader(value: Record<string, unknown>): value is Record<string, unknown> & HeaderLine {
  return value.version === VERSION && isStateDocument(value.state);
}

function isEvidence(value: unknown): value is {readonly facts: unknown; readonly texts: unknown} {
  return isRecord(value) && Array.isArray(value.facts) && Array.isArray(value.texts);
}

function parse(text: string): unknown {
  try {
    // JSON has no infinity and writes null for it; nothing else in an event or a state is ever null. Most lines have none, and reviving is slow.
    return text.includes('null')
      ? (JSON.parse(text, (_, value: unknown) => (value === null ? Infinity : value)) as unknown)
      : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
