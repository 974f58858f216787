import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {didYouMean} from './did-you-mean.ts';

/** `is 'sytemd'; allowed: child, command; did you mean child?` */
export function notAllowed(value: unknown, allowed: readonly string[]): Text {
  const near = typeof value === 'string' ? didYouMean(value, allowed) : '';
  const list = allowed.join(', ');
  return message`${given(value)}; allowed: ${list}${near}`;
}

export function unknownKey(key: string, allowed: readonly string[]): Text {
  const list =
    allowed.length === 0
      ? message`no other key is allowed here`
      : message`allowed: ${allowed.join(', ')}`;
  return message`has no key ${sanitize(key, 60)}; ${list}${didYouMean(key, allowed)}`;
}

/** The value there, as a verb and its object: `is 'prd'`, `is missing`. */
export function given(value: unknown): Text {
  if (value === undefined) return message`is missing`;
  if (value === null) return message`is empty`;
  if (typeof value === 'string') return message`is '${sanitize(value, 80)}'`;
  if (Array.isArray(value))
    return value.length === 0 ? message`is an empty list` : message`is a list`;
  return typeof value === 'object'
    ? message`is a mapping`
    : message`is ${JSON.stringify(value) ?? typeof value}`;
}
