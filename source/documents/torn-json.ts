const CLOSER: Readonly<Record<string, string>> = {'{': '}', '[': ']'};

/**
 * The longest beginning of a torn JSON text that holds only whole members, closed: `{"a":1,"b":[2,3` becomes
 * `{"a":1,"b":[2]}`. The last member may have been longer. Undefined for a text that begins with neither an object nor a list.
 */
export function wholePart(text: string): string | undefined {
  const open: string[] = [];
  let whole: {readonly end: number; readonly closed: string} | undefined;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted) {
      if (character === '\\') at++;
      else quoted = character !== '"';
    } else if (character === '"') quoted = true;
    else if (character in CLOSER) {
      open.push(CLOSER[character] as string);
      whole = {end: at + 1, closed: closing(open)};
    } else if (character === '}' || character === ']') {
      if (open.pop() !== character) break;
      whole = {end: at + 1, closed: closing(open)};
      if (open.length === 0) break;
    } else if (character === ',') whole = {end: at, closed: closing(open)};
    // Deeper than any document of ours.
    if (open.length > MOST_DEPTH) break;
  }
  return whole && text.slice(0, whole.end) + whole.closed;
}

const MOST_DEPTH = 100;

function closing(open: readonly string[]): string {
  return [...open].reverse().join('');
}
