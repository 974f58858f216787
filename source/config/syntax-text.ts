import type {Text} from '../core/model/text.ts';
import type {YAMLError} from 'yaml';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';

type Code = YAMLError['code'];

/** The usual mistakes behind this parser message, and their corrections. */
const TEXTS: Partial<Record<Code, Text>> = {
  TAB_AS_INDENT: message`a tab stands where the line is indented; use spaces`,
  MULTIPLE_DOCS: message`a second document begins here (---); a config file is one document: put it into a file of its own`,
  BLOCK_AS_IMPLICIT_KEY: message`a key and a value stand here where a plain value is wanted; put a text that has ': ' in it in quotes, or begin a new line with the right indentation`,
  MULTILINE_IMPLICIT_KEY: message`a key has to end with ':' on its own line; add the ':', or indent the line as its neighbours are`,
  MISSING_CHAR: message`something is not closed or not begun here`,
  BAD_INDENT: message`the line is not indented as what stands above it; use the same number of spaces for all keys of a mapping, and close every [ and {`,
  BAD_SCALAR_START: message`a text cannot begin with this character; put the text in quotes`,
  BAD_ALIAS: message`after * a name is wanted; put a text that begins with * in quotes`,
  BAD_COLLECTION_TYPE: message`a list and a mapping are mixed here; give all of its lines a - or none`,
  BLOCK_IN_FLOW: message`within [ ] and { } lists and mappings are written with [ ] and { } too`,
  UNEXPECTED_TOKEN: message`this does not belong here; check quotes, brackets and indentation just before it`,
};

/** A syntax error as a sentence that says what to write instead. */
export function syntaxText(
  {code, pos: [start], message: given}: YAMLError,
  text: string,
  json: boolean,
): Text {
  if (code === 'DUPLICATE_KEY') {
    const key = /^["']?([^\n:"']*)/.exec(text.slice(start))?.[1]?.trim() ?? '';
    return message`the key ${key} stands here a second time; remove one of the two`;
  }
  if (json && code === 'TAG_RESOLVE_FAILED')
    return message`JSON has texts in double quotes, numbers, true, false and null only; put the text in double quotes`;
  const said = sanitize(given, 200).replace(/^./, first => first.toLowerCase());
  const known =
    code === 'MISSING_CHAR' && /^missing closing/.test(said)
      ? message`${said}; close it on the line where it begins`
      : TEXTS[code];
  return (
    known ??
    message`this is not ${json ? 'JSON' : 'YAML'}: ${said}; check quotes, brackets and indentation`
  );
}
