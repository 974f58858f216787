import type {Text} from '../core/model/text.ts';
import {version as own} from 'agent2:version';
import {message} from '../core/text/message.ts';
import type {Later} from './reading.ts';

/** Says which version wrote a document and why it is not read: the end of a sentence that begins with the document. */
export function laterText({version, known, by}: Later): Text {
  return by === undefined
    ? message`was written by a later agent2 (format ${version}; agent2 ${own} reads up to format ${known})`
    : message`was written by agent2 ${by} (format ${version}; agent2 ${own} reads up to format ${known})`;
}
