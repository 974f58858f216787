import {stat} from 'node:fs/promises';
import {lineTime} from '../../format/line-time.ts';

/** Since when the words of a log count: what it said before the service was last well explains nothing. */
export interface Since {
  readonly at: number;
  /** The size of the log then, where it is known. */
  readonly bytes?: number;
}

/** Words from before this process knew the target count for that long. */
const RECENT_MS = 10 * 60_000;
/** A stat of a log costs little, but not for each of a thousand targets at every check. */
const MARK_MS = 60_000;

/** Remembers how far the log of a target was while it was well. */
export function createLogMarks(
  path: string,
  now: () => number,
): {noteHealthy(): void; since(): Since} {
  let since: Since = {at: now() - RECENT_MS};
  let markedAt = -Infinity;
  let asking = false;

  return {
    since: () => since,
    noteHealthy() {
      const at = now();
      since = {...since, at};
      if (asking || Math.abs(at - markedAt) < MARK_MS) return;
      asking = true;
      markedAt = at;
      stat(path)
        .then(
          ({size}) => (since = {...since, bytes: size}),
          // Without a file nothing is known of its size.
          () => (since = {at: since.at}),
        )
        .finally(() => (asking = false));
    },
  };
}

/** The lines of the end of a log that were written since then: by its size, by its last change, and by the times in the lines. */
export function saidSince(
  text: string,
  {size, changedAt}: {readonly size: number; readonly changedAt: number},
  since: Since,
): string {
  if (changedAt < since.at - MARK_MS) return '';
  const fresh =
    since.bytes === undefined || size < since.bytes ? text : endOf(text, size - since.bytes);
  const lines = fresh.split('\n');
  // A line without a time belongs to the one before it.
  let old = false;
  return lines
    .filter(line => {
      const at = lineTime(line);
      if (at !== undefined) old = at < since.at - MARK_MS;
      return !old;
    })
    .join('\n');
}

function endOf(text: string, bytes: number): string {
  const buffer = Buffer.from(text);
  // The end of the last line is not part of the text.
  return buffer.toString('utf8', Math.max(0, buffer.length - bytes));
}
