import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';

/** RFC 1035. */
const MOST_OF_HOST = 253;
const MOST_OF_LABEL = 63;
/** Servers refuse longer ones. */
const MOST_OF_URL = 8_192;

/** Why a url is too long to be requested; undefined for all others. */
export function tooLongUrl(text: string): Text | undefined {
  if (URL.canParse(text)) {
    const wrong = tooLongHost(new URL(text).hostname);
    if (wrong !== undefined) return wrong;
  }
  return text.length > MOST_OF_URL
    ? message`the url has ${text.length} characters; the most is ${MOST_OF_URL}`
    : undefined;
}

/** Why a host cannot have this name; undefined for a possible one. */
export function tooLongHost(host: string): Text | undefined {
  if (host.length > MOST_OF_HOST)
    return message`the host has a name of ${host.length} characters; the most is ${MOST_OF_HOST}`;
  const label = host.split('.').find(each => each.length > MOST_OF_LABEL);
  return label === undefined
    ? undefined
    : message`a part of the host's name has ${label.length} characters; the most between two dots is ${MOST_OF_LABEL}`;
}
