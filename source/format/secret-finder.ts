import {sanitize} from './sanitize.ts';
import {squeezed, viewsOf, type Kinds, type Range, type View} from './secret-views.ts';

/** Finds given secrets in a text, in every form that they can take. */
export interface SecretFinder {
  /** The text with each secret replaced by `mask`. */
  hide(text: string, mask: string): string;
}

/** A shorter text is not treated as a secret, since it would redact half of every text. */
const SHORTEST = 4;
const SHORTEST_LINE = 16;
/** What is left of a secret at the very end of a text may be a word that only begins like it. */
const SHORTEST_REST = 8;
/** A secret has fewer forms in base64 and hex that are told from other text. */
const SHORTEST_CODED = 6;

/** What is searched for; of base64, the characters beside it may hold some bits of the secret. */
interface Needle {
  readonly text: string;
  readonly base64?: {readonly before: boolean; readonly after: boolean};
}

/**
 * Prepares the search for `secrets`: as they are, as sanitising leaves them, in base64 and hex, and under the escapes of JSON, addresses,
 * HTML and shells. The time of a search does not grow with their number.
 */
export function secretFinder(secrets: readonly string[]): SecretFinder {
  const index = indexOf(secrets);
  if (index.needles.size === 0) return {hide: text => text};
  return {
    hide(text, mask) {
      if (text.length < SHORTEST) return text;
      const ranges = viewsOf(text, index.kinds).flatMap(view => rangesIn(view, index));
      return ranges.length === 0 ? text : replaced(text, merged(ranges), mask);
    },
  };
}

interface Index {
  /** By the hash of the first four characters, the longest first. */
  readonly needles: ReadonlyMap<number, readonly Needle[]>;
  /** Whether there is a needle for a hash: cheaper to ask than the map. */
  readonly has: Uint8Array;
  readonly kinds: Kinds;
}

const HASHES = 65_536;

function indexOf(secrets: readonly string[]): Index {
  const all = new Map<string, Needle>();
  for (const secret of new Set(secrets)) {
    for (const needle of needlesOf(secret))
      if (needle.text.length >= SHORTEST && !all.has(needle.text)) all.set(needle.text, needle);
  }
  const needles = new Map<number, Needle[]>();
  const has = new Uint8Array(HASHES);
  for (const needle of all.values()) {
    const hash = hashAt(needle.text, 0);
    has[hash] = 1;
    const same = needles.get(hash);
    if (same) same.push(needle);
    else needles.set(hash, [needle]);
  }
  for (const same of needles.values()) same.sort((a, b) => b.text.length - a.text.length);
  const kinds = {
    odd: secrets.some(secret => /[\\'"`\s]/.test(secret)),
    spaced: secrets.some(secret => secret.includes(' ')),
  };
  return {needles, has, kinds};
}

function needlesOf(secret: string): readonly Needle[] {
  if (secret.length < SHORTEST) return [];
  const lines = secret.split(/[\r\n]+/).filter(line => line.length >= SHORTEST_LINE);
  const plain = [secret, secret.trim(), sanitize(secret, secret.length), ...lines];
  return [
    ...plain,
    ...plain.map(squeezed).map(text => text.trim()),
    ...[secret, secret.trim()].flatMap(hexOf),
    ...otherLetters(secret),
  ]
    .map((text): Needle => ({text}))
    .concat([...new Set([secret, secret.trim()])].flatMap(base64Of));
}

/** As its bytes read one by one, like `b'\xc3\xbc'` of Python, and with its accents as letters of their own, or not. */
function otherLetters(secret: string): readonly string[] {
  if (/^[\0-\x7f]*$/.test(secret)) return [];
  return [Buffer.from(secret).toString('latin1'), secret.normalize('NFC'), secret.normalize('NFD')];
}

function hexOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST_CODED) return [];
  const hex = Buffer.from(secret).toString('hex');
  return [hex, hex.toUpperCase()];
}

/** The characters that the secret alone decides, after zero, one and two bytes of something else. */
function base64Of(secret: string): readonly Needle[] {
  const bytes = Buffer.from(secret);
  if (bytes.length < SHORTEST_CODED) return [];
  return [0, 1, 2].flatMap(before => {
    const [first, last] = [(before * 8) / 6, ((before + bytes.length) * 8) / 6];
    const [from, to] = [Math.ceil(first), Math.floor(last)];
    const coded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(from, to);
    const base64 = {before: from !== first, after: to !== last};
    return [coded, coded.replaceAll('+', '-').replaceAll('/', '_')].map(text => ({text, base64}));
  });
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + SHORTEST; index++) hash = mixed(hash, text.charCodeAt(index));
  return hash;
}

/** The shift moves a character out of the hash after four, so that the hash of the next place follows from this one. */
function mixed(hash: number, code: number): number {
  return ((hash << 4) ^ code ^ (code >> 3)) & (HASHES - 1);
}

function rangesIn(view: View, {needles, has}: Index): readonly Range[] {
  const {text} = view;
  const found: Range[] = [];
  let cut = -1;
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    hash = mixed(hash, text.charCodeAt(end));
    if (has[hash] === 0 || end < SHORTEST - 1) continue;
    const at = end - SHORTEST + 1;
    if (cut < at) cut = endAfter(text, at);
    for (const needle of needles.get(hash) ?? []) {
      const length = lengthAt(text, at, cut, needle.text);
      if (length === 0) continue;
      const [from, to] = needle.base64
        ? widened(text, at, at + length, needle.base64)
        : [at, at + length];
      found.push(view.range(from, to));
      // Another secret may begin within this one.
      break;
    }
  }
  return found;
}

/** This program's mark of a cut, and that of others, which may have split a secret; else the end of the text. */
const CUT = /…|\.\.\./g;

function endAfter(text: string, at: number): number {
  CUT.lastIndex = at;
  const found = CUT.exec(text)?.index;
  return found ?? text.length;
}

/** The length of the secret at a place, or of its beginning where a cut took the rest. */
function lengthAt(text: string, at: number, cut: number, secret: string): number {
  if (text.startsWith(secret, at)) return secret.length;
  if (cut - at > secret.length) return 0;
  const rest = text.slice(at, cut).trimEnd();
  const least = cut < text.length ? SHORTEST : SHORTEST_REST;
  return rest.length >= least && secret.startsWith(rest) ? rest.length : 0;
}

function widened(
  text: string,
  from: number,
  to: number,
  {before, after}: NonNullable<Needle['base64']>,
): Range {
  const start = before && /[\w+/-]/.test(text.charAt(from - 1)) ? from - 1 : from;
  let end = after && /[\w+/-]/.test(text.charAt(to)) ? to + 1 : to;
  while (text.charAt(end) === '=' && end < to + 3) end++;
  return [start, end];
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Array<[number, number]> = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) result.push([from, to]);
  }
  return result;
}

function replaced(text: string, ranges: readonly Range[], mask: string): string {
  let result = '';
  let at = 0;
  for (const [from, to] of ranges) {
    result += text.slice(at, from) + mask;
    at = to;
  }
  return result + text.slice(at);
}
