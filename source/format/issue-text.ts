import type {Text} from '../core/model/text.ts';
import {joined, message} from '../core/text/message.ts';

/** Packs a text into the message of a zod issue, which is a plain string: a mark, then the text as JSON. */
export function inIssue(text: Text): string {
  return `${MARK}${JSON.stringify(text)}`;
}

/** The message of an issue: `what` is wrong, which may show the value, and what is `wanted`. A config shows only `wanted` where the value may be secret. */
export function wrong(what: Text, wanted: Text): string {
  return inIssue(joined([what, wanted], message`; `));
}

/** Unpacks the text of an issue; a message of zod itself stays a string. */
export function textOfIssue(message: string): Text {
  return message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Text) : message;
}

const MARK = '\u0000text ';
