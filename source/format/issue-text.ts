import type {Text} from '../core/model/text.ts';
import {joined, message} from '../core/text/message.ts';

/** What a schema says of a value: an issue of zod carries a string alone, so a text travels in it as JSON, behind a mark that no other has. */
export function inIssue(text: Text): string {
  return `${MARK}${JSON.stringify(text)}`;
}

/** What is wrong with a value, and what is wanted instead: of a value that must not be shown only that is told. */
export function wrong(what: Text, wanted: Text): string {
  return inIssue(joined([what, wanted], message`; `));
}

/** The text of an issue, of ours or of zod itself. */
export function textOfIssue(message: string): Text {
  return message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Text) : message;
}

const MARK = '\u0000text ';
