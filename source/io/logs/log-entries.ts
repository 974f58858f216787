import {createGrouper, timeOf, type LogEntry, type LogHead} from '../../documents/log-entry.ts';
import {presentPart, type LogPart} from './log-files.ts';
import {linesOf, offsetOf} from './log-lines.ts';

/** Selects entries by `matches`; none is older than `since`, and no relevant one comes long after `until`. */
export interface Selection {
  readonly since: number;
  readonly until: number;
  matches(entry: LogHead): boolean;
}

/** The greatest disorder of entries in a log: beyond it the rest of a file is not read. */
const DISORDER_MS = 60_000;

/** The selected entries of a log, oldest first, in batches as read. Reads only the relevant part of a big file. */
export async function* entriesOf(
  parts: readonly LogPart[],
  {since, until, matches}: Selection,
): AsyncGenerator<readonly LogEntry[]> {
  const grouper = createGrouper(matches);
  for (const listed of parts) {
    if (listed.mtimeMs < since) continue;
    const part = presentPart(listed);
    const from =
      part.gz || since === -Infinity ? 0 : offsetOf(part.path, since - DISORDER_MS, timeOf);
    for await (const lines of linesOf(part, {from, to: part.size})) {
      yield grouper.take(lines);
      if ((grouper.last() ?? -Infinity) > until + DISORDER_MS) break;
    }
    yield grouper.flush();
  }
}

const FIRST_WINDOW = 65_536;
const GROWTH = 8;
/** A window of this size that begins no earlier than the one before it shows that no log lies before: that is a hole, or one endless line. */
const ENOUGH_WINDOW = 33_554_432;

/** The last `count` of them, oldest first. Reads from the end: a window that grows until it holds enough. */
export async function lastEntries(
  parts: readonly LogPart[],
  count: number,
  selection: Selection,
): Promise<readonly LogEntry[]> {
  let found: readonly LogEntry[] = [];
  for (const part of [...parts].reverse()) {
    if (found.length >= count || part.mtimeMs < selection.since) break;
    found = [...(await lastOf(presentPart(part), count - found.length, selection)), ...found];
  }
  return found;
}

async function lastOf(
  part: LogPart,
  count: number,
  selection: Selection,
): Promise<readonly LogEntry[]> {
  let begun: number | undefined;
  for (let window = FIRST_WINDOW; ; window *= GROWTH) {
    const from = part.gz ? 0 : Math.max(0, part.size - window);
    const {found, first} = await lastFrom(part, from, count, selection);
    if (
      found.length >= count ||
      from === 0 ||
      (window >= ENOUGH_WINDOW && first === begun) ||
      (first !== undefined && first < selection.since - DISORDER_MS)
    )
      return found;
    begun = first;
  }
}

async function lastFrom(
  part: LogPart,
  from: number,
  count: number,
  {matches}: Selection,
): Promise<{readonly found: readonly LogEntry[]; readonly first?: number}> {
  // Lines of an entry that begins before the window are no entries of their own.
  const grouper = createGrouper(
    from === 0 ? matches : head => head.at !== undefined && matches(head),
  );
  let found: LogEntry[] = [];
  const take = (entries: readonly LogEntry[]) => {
    found.push(...entries);
    if (found.length > 2 * count) found = found.slice(-count);
  };
  for await (const lines of linesOf(part, {from, to: part.size})) take(grouper.take(lines));
  take(grouper.flush());
  return {found: found.slice(-count), first: grouper.first()};
}
