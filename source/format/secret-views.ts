/** A text as it reads without one kind of escapes, with the place of each of its characters in the original. */
export interface View {
  readonly text: string;
  /** The range of the original for a range of `text`. */
  range(from: number, to: number): Range;
}

export type Range = readonly [from: number, to: number];

/**
 * All readings of a text in which a secret may show: the text itself, and without the escapes of JSON, of addresses, of HTML, without
 * quotes and line breaks, and without several of them one in another.
 */
export function viewsOf(text: string, kinds: Kinds): readonly View[] {
  const views: Array<View & {readonly last?: true}> = [{text, range: (from, to) => [from, to]}];
  const seen = new Set([text]);
  // The list grows while it is read: escapes may be within escapes.
  for (const view of views) {
    if (view.last) continue;
    for (const decoder of DECODERS) {
      if (views.length >= MOST_VIEWS) return views;
      if (decoder.only && !kinds[decoder.only]) continue;
      if (!decoder.sign.test(view.text)) continue;
      const next = decoded(view, decoder);
      if (seen.has(next.text)) continue;
      seen.add(next.text);
      views.push(decoder.last ? {...next, last: true} : next);
    }
  }
  return views;
}

/** Enough for JSON in JSON in an address, and a bound on hostile text. */
const MOST_VIEWS = 14;

/** How a text reads in one place: some characters for an escape, each with the number of original characters that it takes. */
type Reading = ReadonlyArray<readonly [text: string, length: number]>;

interface Decoder {
  /** Whether the pattern may match at all; most texts have no escapes. */
  readonly sign: RegExp;
  readonly pattern: RegExp;
  readonly read: (escape: string) => Reading;
  /** The characters of `read` alone, where that is quicker. */
  readonly text?: (escape: string) => string;
  /** The same for a whole text, where that is quicker. */
  readonly whole?: (text: string) => string;
  /** What it leaves has no escapes of others. */
  readonly last?: true;
  /** Of use only for a secret of such characters. */
  readonly only?: keyof Kinds;
}

/** What the characters of the secrets are, for which some readings are of no use. */
export interface Kinds {
  /** Quotes, backslashes or white space. */
  readonly odd: boolean;
  readonly spaced: boolean;
}

/** Every pattern takes linear time: each alternative is bounded, or is the only one with its first character. */
const DECODERS: readonly Decoder[] = [
  {
    // An escape that a cut has split stands for nothing.
    sign: /\\/,
    pattern: /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|u\{[0-9a-f]{1,6}\}|u[0-9a-f]{0,3}(?=…|$)|[^]|$)/gi,
    read: escape => one(unescaped(escape), escape),
  },
  {
    sign: /%[0-9a-f]{2}/i,
    pattern: /(?:%[0-9a-f]{2})+(?:%[0-9a-f]?)?…|(?:%[0-9a-f]{2})+|%[0-9a-f]?(?=…|$)/gi,
    read: percentDecoded,
    text: percentRead,
  },
  {
    sign: /\+/,
    only: 'spaced',
    pattern: /(?:%[0-9a-f]{2})+(?:%[0-9a-f]?)?…|(?:%[0-9a-f]{2})+|\+|%[0-9a-f]?(?=…|$)/gi,
    read: escape => (escape === '+' ? [[' ', 1]] : percentDecoded(escape)),
    text: escape => (escape === '+' ? ' ' : percentRead(escape)),
  },
  {
    sign: /&(?:#|[a-z])/i,
    pattern: /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|sol);|&#?[0-9a-z]{0,8}(?=…)/gi,
    read: escape => (escape.endsWith(';') ? one(entity(escape.slice(1, -1)), escape) : []),
  },
  {
    sign: /[\\'"`]|\s\s|[\t\r\n]/,
    pattern: /[\\'"`\s]+/g,
    read: found => (/\s/.test(found) ? one(' ', found) : []),
    whole: squeezed,
    last: true,
    only: 'odd',
  },
  // Base64 that was wrapped, as mail and `base64` do it.
  {
    sign: /(?<=[\w+/-]{16}[ \t]{0,8}\\?)[\r\n]\s{0,80}[\w+/-]/,
    pattern: /[ \t]{0,8}\\?[\r\n]\s*/g,
    read: () => [],
    last: true,
  },
];

/** What is searched for where quotes and white space do not count. */
export function squeezed(text: string): string {
  return text.replace(/[\\'"`]+/g, '').replace(/\s+/g, ' ');
}

/** The places are worked out only when asked for, which most texts never need. */
function decoded(view: View, {pattern, read, text: textOf = joined(read), whole}: Decoder): View {
  const text = whole?.(view.text) ?? view.text.replace(pattern, escape => textOf(escape));
  let places: Places | undefined;
  return {
    text,
    range(from, to) {
      places ??= placesOf(view.text, text.length, pattern, read);
      return view.range(places.starts[from] ?? 0, places.ends[to - 1] ?? 0);
    },
  };
}

function joined(read: Decoder['read']): (escape: string) => string {
  return escape => {
    let result = '';
    for (const [piece] of read(escape)) result += piece;
    return result;
  };
}

/** Where each character of a reading begins and ends in the text that was read. */
interface Places {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

function placesOf(text: string, length: number, pattern: RegExp, read: Decoder['read']): Places {
  const places = {starts: new Int32Array(length), ends: new Int32Array(length)};
  let count = 0;
  const add = (from: number, to: number) => {
    places.starts[count] = from;
    places.ends[count] = to;
    count++;
  };
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    for (; at < match.index; at++) add(at, at + 1);
    for (const [piece, taken] of read(match[0])) {
      for (let index = 0; index < piece.length; index++) add(at, at + taken);
      at += taken;
    }
    at = match.index + match[0].length;
  }
  for (; at < text.length; at++) add(at, at + 1);
  return places;
}

function one(text: string, escape: string): Reading {
  return text === '' ? [] : [[text, escape.length]];
}

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  a: '\x07',
  e: '\x1b',
};

function unescaped(escape: string): string {
  const digits = /^\\[ux]\{?([0-9a-f]{2,6})\}?$/i.exec(escape)?.[1];
  if (digits !== undefined) return fromCode(Number.parseInt(digits, 16));
  if (escape === '\\' || /^\\u/i.test(escape)) return '';
  return LETTERS[escape.slice(1)] ?? escape.slice(1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  sol: '/',
};

function entity(name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? '';
  const isHex = /^#x/i.test(name);
  return fromCode(Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
}

function fromCode(code: number): string {
  // JSON writes a character beyond 16 bits as two escapes, each half of it.
  return code <= 0xffff
    ? String.fromCharCode(code)
    : code <= 0x10ffff
      ? String.fromCodePoint(code)
      : '';
}

/** The bytes of a run of `%XX`, as UTF-8, or one character each where they are none. Of a character that a cut has split, nothing. */
function percentText(run: string): {
  readonly text: string;
  readonly isCut: boolean;
  readonly isUtf8: boolean;
} {
  const isCut = run.endsWith('…');
  const bytes = Buffer.from(run.replace(/(?:%[0-9a-f]?)?…$/i, '').replaceAll('%', ''), 'hex');
  const whole = isCut ? bytes.subarray(0, bytes.length - splitBytes(bytes)) : bytes;
  const text = whole.toString('utf8');
  // Not by a decoder that throws: an exception for each run would take longer than all else.
  const isUtf8 = !text.includes('\ufffd') || Buffer.from(text).equals(whole);
  return {text: isUtf8 ? text : bytes.toString('latin1'), isCut, isUtf8};
}

function percentRead(run: string): string {
  // One byte is a character either way.
  if (run.length === 3 && !run.endsWith('…'))
    return String.fromCharCode(Number.parseInt(run.slice(1), 16));
  const {text, isCut} = percentText(run);
  return isCut ? `${text}…` : text;
}

function percentDecoded(run: string): Reading {
  const {text, isCut, isUtf8: several} = percentText(run);
  let taken = 0;
  const characters = Array.from(text, (character): Reading[number] => {
    const length = 3 * (several ? utf8Length(character.codePointAt(0) ?? 0) : 1);
    taken += length;
    return [character, length];
  });
  return isCut ? [...characters, ['…', run.length - taken]] : characters;
}

/** How many bytes at the end begin a character of which the rest is missing. */
function splitBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte > 0xf4) return 0;
    if (byte >= 0xc0) return (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) > back ? back : 0;
  }
  return 0;
}

function utf8Length(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
