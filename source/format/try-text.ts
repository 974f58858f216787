import type {Message, Text} from '../core/model/text.ts';
import {joined, message, partsOf} from '../core/text/message.ts';

/** A text that ends with what to type: `…; try: ls -l /run/web.pid`. */
export function withTry(text: Text, command: string): Text {
  return joined([text, message`try: ${command}`], CLAUSE);
}

/** A text that ends with a command which root should run only if it is wanted. */
export function withTryAsRoot(text: Text, command: string): Text {
  return joined([text, message`if root should run what it says: ${command}`], CLAUSE);
}

/** Splits a text of `withTry` into the text and the command. */
export function splitTry(text: Text): {readonly seen: Text; readonly next?: string} {
  const parts = partsOf(text, CLAUSE);
  const next = commandOf(parts.at(-1));
  return next === undefined ? {seen: text} : {seen: joined(parts.slice(0, -1), CLAUSE), next};
}

/** The command to type, anywhere in the text. */
export function commandIn(text: Text): string | undefined {
  const own = commandOf(text);
  if (own !== undefined || typeof text === 'string') return own;
  const within = 'parts' in text ? text.parts : (text.values ?? []);
  return within
    .map(each => (typeof each === 'number' ? undefined : commandIn(each)))
    .find(found => found !== undefined);
}

const CLAUSE = message`; `;
const ENDS: ReadonlySet<string> = new Set([
  message`try: ${''}`.key,
  message`if root should run what it says: ${''}`.key,
]);

function commandOf(text: Text | undefined): string | undefined {
  if (typeof text !== 'object' || 'parts' in text || !ENDS.has(text.key)) return undefined;
  const [command] = (text satisfies Message).values ?? [];
  return typeof command === 'string' ? command : undefined;
}
