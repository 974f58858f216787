import {readJson} from '../format/json.ts';

/** JSON with times that never come: it writes null for Infinity. Nothing else in a state, a memory or an event is ever null, so null is read as Infinity. */

export function endlessText(value: unknown): string {
  return JSON.stringify(value);
}

/** Parses a text; undefined when it is no JSON, or nested too deep. */
export function parseEndless(text: string): unknown {
  // Most texts have none, and reviving is slow.
  const reading = readJson(text, text.includes('null') ? endless : undefined);
  return reading.kind === 'json' ? reading.value : undefined;
}

function endless(_: string, value: unknown): unknown {
  return value === null ? Infinity : value;
}
