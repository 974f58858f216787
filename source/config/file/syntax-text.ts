import type {Text} from '../../core/model/text.ts';
import type {YAMLError} from 'yaml';
import {message} from '../../core/text/message.ts';
import {sanitize} from '../../format/sanitize.ts';

type Code = YAMLError['code'];

/** The usual mistakes behind this parser message, and their corrections. */
const TEXTS: Partial<Record<Code, Text>> = {
  TAB_AS_INDENT: message`the line is indented with a tab; use spaces`,
  BLOCK_AS_IMPLICIT_KEY: message`there is a key and a value here, but a single value is expected; put a text that contains ': ' in quotes, or begin a new line with the right indentation`,
  MULTILINE_IMPLICIT_KEY: message`a key must end with ':' on its line; add the ':', or indent the line like its neighbours`,
  MISSING_CHAR: message`a bracket or quote is not closed, or a line is indented wrongly`,
  BAD_INDENT: message`the line is not indented like the lines above; use the same number of spaces for all keys of a mapping, and close every [ and {`,
  BAD_SCALAR_START: message`a text cannot begin with this character; put the text in quotes`,
  BAD_ALIAS: message`a name is expected after *; put a text that begins with * in quotes`,
  BAD_COLLECTION_TYPE: message`a list and a mapping are mixed here; begin all lines with - or none`,
  BLOCK_IN_FLOW: message`inside [ ] and { }, write lists and mappings with [ ] and { } too`,
  UNEXPECTED_TOKEN: message`this is not expected here; check quotes, brackets and indentation just before it`,
};

export const multipleDocuments = message`a second document begins here (---); a config file is one document: move it to its own file`;

/** A syntax error as a sentence that says what to write instead. */
export function syntaxText({code, message: given}: YAMLError, json: boolean): Text {
  if (json && code === 'TAG_RESOLVE_FAILED')
    return message`JSON has only texts in double quotes, numbers, true, false and null; put the text in double quotes`;
  const said = sanitize(given, 200).replace(/^./, first => first.toLowerCase());
  const known =
    code === 'MISSING_CHAR' && /^missing closing/.test(said)
      ? message`${said}; close it on the line where it begins`
      : TEXTS[code];
  return (
    known ??
    message`this is not valid ${json ? 'JSON' : 'YAML'}: ${said}; check quotes, brackets and indentation`
  );
}
