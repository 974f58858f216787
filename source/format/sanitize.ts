import type {Text} from '../core/model/text.ts';
import {mapOutside} from '../core/text/message.ts';

const ELLIPSIS = '…';

/**
 * One line of outside text, safe for a terminal, a log and a file: removes escape sequences, control, bidi and invisible
 * characters, collapses white space, and cuts it to `maxLength` code points, the last being `…` after a cut.
 */
export function sanitize(text: string, maxLength = 200): string {
  return cut(visible(text).replace(/\s+/g, ' ').trim(), maxLength);
}

/** Sanitises the outside parts of a text, each to one line. */
export function sanitizeText(text: Text, maxLength = 200): Text {
  return mapOutside(text, outside => sanitize(outside, maxLength));
}

/** Sanitises text of several lines: line ends and indentation stay, runs of empty lines become one. */
export function sanitizeBlock(text: string, maxLength: number): string {
  const lines = text
    .replace(/\r\n|[\r\u2028\u2029]/g, '\n')
    .split('\n')
    .map(line => visible(line).trimEnd());
  const block = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  return cut(block, maxLength);
}

/*
 * Removes strings (OSC, DCS, SOS, PM, APC) with their content, up to their terminator or, without one, the end of the line.
 * The patterns spell control characters as escapes and never look back, so that hostile input takes linear time.
 */
const STRINGS =
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c\r\n]*(?:\x1b\\|[\x07\x18\x1a\x9c])?/g;
const CSI = /(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?/g;
const ESCAPES = /\x1b[\x20-\x2f]*[\x30-\x7e]?/g;
const SPACES = /[\0\t\n\v\f\r\x85\u2028\u2029]/g;
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g;
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Surrogate}\p{Noncharacter_Code_Point}\u2028-\u202e\ufff9-\ufffb]/gu;

/** Matches most outside text at once, which is cheaper than one search for each rule. */
const PLAIN = /^[\x20-\x7e]*$/;

function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(STRINGS, '')
    .replace(CSI, '')
    .replace(ESCAPES, '')
    .replace(SPACES, ' ')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '');
}

function cut(text: string, maxLength: number): string {
  // A string never has more code points than code units.
  if (text.length <= maxLength) return text;
  const points = Array.from(text);
  return points.length <= maxLength
    ? text
    : points
        .slice(0, Math.max(0, maxLength - 1))
        .join('')
        .trimEnd() + (maxLength > 0 ? ELLIPSIS : '');
}
