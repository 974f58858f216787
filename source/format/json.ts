/** Nothing that agent2 writes or reads is nested as deep; the stack holds some thousands of levels, and every walk through a value is recursive. */
export const MOST_LEVELS = 200;

/** Parses a JSON text; undefined when it is none, or nested deeper than `MOST_LEVELS`. */
export function parseJson(text: string): unknown {
  const reading = readJson(text);
  return reading.kind === 'json' ? reading.value : undefined;
}

export type JsonReading =
  | {readonly kind: 'json'; readonly value: unknown}
  | {readonly kind: 'no-json'}
  /** It may be JSON, but a walk through its value would not end well. */
  | {readonly kind: 'too-deep'};

/** The one parser of texts from outside. `revive` is that of `JSON.parse`. */
export function readJson(
  text: string,
  revive?: (key: string, value: unknown) => unknown,
): JsonReading {
  if (isTooDeep(text)) return {kind: 'too-deep'};
  try {
    return {kind: 'json', value: JSON.parse(text, revive) as unknown};
  } catch (error) {
    if (error instanceof SyntaxError) return {kind: 'no-json'};
    throw error;
  }
}

/** Counts open brackets outside of strings, in one pass without a stack. */
function isTooDeep(text: string): boolean {
  // Each level is a bracket that opens and one that closes.
  if (text.length < 2 * MOST_LEVELS) return false;
  let depth = 0;
  for (let at = nextMark(text, 0); at < text.length; at = nextMark(text, at + 1)) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at);
    else if (mark === '[' || mark === '{') {
      if (++depth > MOST_LEVELS) return true;
    } else depth--;
  }
  return false;
}

const MARKS = /["[\]{}]/g;

function nextMark(text: string, from: number): number {
  MARKS.lastIndex = from;
  return MARKS.exec(text)?.index ?? text.length;
}

/** The place of the closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
