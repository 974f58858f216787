import type {Text} from '../core/model/text.ts';
import {message} from '../core/text/message.ts';

/** Quotes one word for a shell, whatever it contains. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An argv as a person types it in a shell: quotes words where necessary, and leaves `~` to the shell. */
export function typed(argv: readonly string[]): string {
  return argv.map(word => (/^[\w@%+=:,./~-]+$/.test(word) ? word : singleQuoted(word))).join(' ');
}

export type SplitResult =
  | {readonly kind: 'words'; readonly words: readonly string[]}
  /** `reason` names the unclosed quote and its column, from 1. */
  | {readonly kind: 'invalid'; readonly reason: Text};

/**
 * Splits a command into words as a POSIX shell does: white space, '…', "…" and backslash. Expands nothing: no
 * variables, no globs, no operators.
 */
export function splitWords(text: string): SplitResult {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
      continue;
    }
    const piece =
      char === "'"
        ? readSingleQuoted(text, at)
        : char === '"'
          ? readDoubleQuoted(text, at)
          : char === '\\'
            ? readEscaped(text, at)
            : {value: char, end: at + 1};
    if ('reason' in piece) return {kind: 'invalid', reason: piece.reason};
    // A continued line begins no word.
    if (piece.value !== undefined) word = (word ?? '') + piece.value;
    at = piece.end;
  }
  if (word !== undefined) words.push(word);
  return {kind: 'words', words};
}

type Piece = {readonly value: string | undefined; readonly end: number} | {readonly reason: Text};

function readSingleQuoted(text: string, start: number): Piece {
  const end = text.indexOf("'", start + 1);
  return end < 0
    ? {reason: message`the single quote at column ${start + 1} is never closed`}
    : {value: text.slice(start + 1, end), end: end + 1};
}

function readDoubleQuoted(text: string, start: number): Piece {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return {value, end: at + 1};
    const next = text.charAt(at + 1);
    if (char !== '\\' || !'$`"\\\n'.includes(next) || next === '') {
      value += char;
    } else {
      value += next === '\n' ? '' : next;
      at++;
    }
  }
  return {reason: message`the double quote at column ${start + 1} is never closed`};
}

function readEscaped(text: string, start: number): Piece {
  const next = text.charAt(start + 1);
  if (next === '') return {reason: message`the backslash at column ${start + 1} escapes nothing`};
  return {value: next === '\n' ? undefined : next, end: start + 2};
}
