/** JSON with times that never come: it writes null for Infinity. Nothing else in a state, a memory or an event is ever null, so null is read as Infinity. */

export function endlessText(value: unknown): string {
  return JSON.stringify(value);
}

/** Parses a text; undefined when it is no JSON. */
export function parseEndless(text: string): unknown {
  try {
    // Most texts have none, and reviving is slow.
    return text.includes('null')
      ? (JSON.parse(text, endless) as unknown)
      : (JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function endless(_: string, value: unknown): unknown {
  return value === null ? Infinity : value;
}
