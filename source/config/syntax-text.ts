import type {YAMLError} from 'yaml';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';

type Code = YAMLError['code'];

/** The usual mistakes behind this parser message, and their corrections. */
const TEXTS: Partial<Record<Code, () => string>> = {
  TAB_AS_INDENT: () => say`a tab stands where the line is indented; use spaces`,
  MULTIPLE_DOCS: () =>
    say`a second document begins here (---); a config file is one document: put it into a file of its own`,
  BLOCK_AS_IMPLICIT_KEY: () =>
    say`a key and a value stand here where a plain value is wanted; put a text that has ': ' in it in quotes, or begin a new line with the right indentation`,
  MULTILINE_IMPLICIT_KEY: () =>
    say`a key has to end with ':' on its own line; add the ':', or indent the line as its neighbours are`,
  MISSING_CHAR: () => say`something is not closed or not begun here`,
  BAD_INDENT: () =>
    say`the line is not indented as what stands above it; use the same number of spaces for all keys of a mapping, and close every [ and {`,
  BAD_SCALAR_START: () => say`a text cannot begin with this character; put the text in quotes`,
  BAD_ALIAS: () => say`after * a name is wanted; put a text that begins with * in quotes`,
  BAD_COLLECTION_TYPE: () =>
    say`a list and a mapping are mixed here; give all of its lines a - or none`,
  BLOCK_IN_FLOW: () => say`within [ ] and { } lists and mappings are written with [ ] and { } too`,
  UNEXPECTED_TOKEN: () =>
    say`this does not belong here; check quotes, brackets and indentation just before it`,
};

/** A syntax error as a sentence that says what to write instead. */
export function syntaxText(
  {code, pos: [start], message}: YAMLError,
  text: string,
  json: boolean,
): string {
  if (code === 'DUPLICATE_KEY') {
    const key = /^["']?([^\n:"']*)/.exec(text.slice(start))?.[1]?.trim() ?? '';
    return say`the key ${key} stands here a second time; remove one of the two`;
  }
  if (json && code === 'TAG_RESOLVE_FAILED')
    return say`JSON has texts in double quotes, numbers, true, false and null only; put the text in double quotes`;
  const said = sanitize(message, 200).replace(/^./, first => first.toLowerCase());
  const known =
    code === 'MISSING_CHAR' && /^missing closing/.test(said)
      ? say`${said}; close it on the line where it begins`
      : TEXTS[code]?.();
  return (
    known ??
    say`this is not ${json ? 'JSON' : 'YAML'}: ${said}; check quotes, brackets and indentation`
  );
}
