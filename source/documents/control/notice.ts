import type {Notice} from '../../core/model/effect.ts';
import {parseJson, isRecord} from '../../format/json.ts';
import {sanitize} from '../../format/sanitize.ts';
import {isoTime} from '../../format/time.ts';
import {shaped} from '../reading.ts';
import {object, optional, string, words} from '../shape.ts';
import {stated, statedText} from '../stated-text.ts';

/** The data of a `notice`, one of the events of `/v1/events`; the others carry the status document (`snapshot`) or parts of it (`change`). */
export function noticeText({at, level, kind, target, text}: Notice): string {
  return JSON.stringify({
    timestamp: isoTime(at),
    level,
    kind,
    target,
    ...stated('text', text),
  });
}

/** A notice of another agent2, whose `kind` may be unknown to this one. */
export type ReadNotice = Pick<Notice, 'at' | 'level' | 'target' | 'text'> & {
  readonly kind?: string;
};

const shape = object({
  timestamp: string,
  level: words<Notice['level']>({debug: true, info: true, warning: true, error: true}),
  kind: optional(string),
  target: string,
});

const LONGEST_TEXT = 2_000;

/** Undefined for text that is no notice. */
export function readNotice(text: string): ReadNotice | undefined {
  const document = parseJson(text);
  const read = shaped(document, shape);
  if (read.kind !== 'read' || !isRecord(document)) return undefined;
  const {timestamp, level, kind, target} = read.value;
  const said = statedText(document, 'text', LONGEST_TEXT);
  const at = Date.parse(timestamp);
  return said === undefined || !Number.isFinite(at)
    ? undefined
    : {at, level, kind, target: sanitize(target, 63), text: said};
}
