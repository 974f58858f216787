import type {Text} from '../../core/model/text.ts';
import {Composer, Lexer, Parser, type CST, type Document, type LineCounter} from 'yaml';
import {message} from '../../core/text/message.ts';
import type {Slices} from '../../io/slices.ts';

export interface Wrong {
  readonly offset: number;
  readonly text: Text;
}

export type Parsed =
  | {
      readonly kind: 'document';
      readonly document: Document;
      /** Where a second document begins. */
      readonly second?: number;
      /** The rest of the text was not read, since it has so many errors. */
      readonly cut: boolean;
    }
  | {readonly kind: 'too-deep'; readonly wrong: Wrong};

/** No config needs a third of it, and what reads the values is recursive. */
export const MOST_LEVELS = 64;
/** More of them say no more, and composing a document of them is slow. */
const MOST_ERRORS = 1_000;

/**
 * Parses YAML, or JSON where `json` says so. Most of the time goes into the tokens, which are read in slices; nesting is bounded there, before anything
 * recursive sees it.
 */
export async function parseText(
  text: string,
  json: boolean,
  lines: LineCounter,
  slices: Slices,
): Promise<Parsed> {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let errors = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors++;
    }
    if (parser.stack.length > MOST_LEVELS)
      return {
        kind: 'too-deep',
        wrong: {
          offset: parser.offset,
          text: message`this is nested deeper than ${MOST_LEVELS} levels; a config file needs fewer: is it the right file?`,
        },
      };
    if (errors > MOST_ERRORS) break;
    await slices();
  }
  for (const token of parser.end()) tokens.push(token);
  return composed(tokens, text.length, json, errors > MOST_ERRORS);
}

function composed(
  tokens: readonly CST.Token[],
  length: number,
  json: boolean,
  cut: boolean,
): Parsed {
  const composer = new Composer({
    prettyErrors: false,
    // It would compare each key with all before it.
    uniqueKeys: false,
    merge: !json,
    schema: json ? 'json' : 'core',
    version: '1.2',
    logLevel: 'error',
  });
  const documents = composer.compose(tokens, true, length);
  const first = documents.next();
  // Never: it always makes one at the end.
  if (first.done) throw new Error('no document');
  const second = documents.next();
  return {
    kind: 'document',
    document: first.value,
    cut,
    ...(second.done ? {} : {second: second.value.range[0]}),
  };
}
