import type {Text} from '../core/model/text.ts';
import {version as own} from 'agent2:version';
import {message} from '../core/text/message.ts';
import type {Later} from './reading.ts';

/** Names the writer, and why the document is not read: the end of a sentence that begins with its name. */
export function laterText({version, known, by}: Later): Text {
  return by === undefined
    ? message`was written by a later agent2 (format ${version}; agent2 ${own} reads up to format ${known})`
    : message`was written by agent2 ${by} (format ${version}; agent2 ${own} reads up to format ${known})`;
}
