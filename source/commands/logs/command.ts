import {join} from 'node:path';
import {didYouMean} from '../../config/did-you-mean.ts';
import {defineCommand, EXIT, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {
  createGrouper,
  entryObject,
  entryText,
  type LogEntry,
  type LogHead,
} from '../../documents/log-entry.ts';
import {sanitize} from '../../format/sanitize.ts';
import {followLog, type LogPlace} from '../../io/logs/follow-log.ts';
import {entriesOf, lastEntries, type Selection} from '../../io/logs/log-entries.ts';
import {logFilesOf} from '../../io/logs/log-files.ts';
import {createOutput, type Output} from '../../io/files/output.ts';
import {countFrom, logsOptions, selectionFrom} from './options.ts';
import {LOG_FILE} from '../../monitor/log.ts';
import {isColored} from '../../cli/color.ts';
import {interruptedBy} from '../../cli/interrupt.ts';
import {findStateDir} from '../../instances/find.ts';
import {watchedIn} from '../../instances/registry.ts';
import {statusIn} from '../../instances/status.ts';

export const definition = defineCommand({
  group: 'ask',
  summary: () => say`prints the log of a monitor that runs or has stopped`,
  words: {},
  options: logsOptions,
  examples: [
    'agent2 logs -f',
    'agent2 logs --level warning --since 1h',
    "agent2 logs --target web --since '2026-01-27 10:30' --until 12:00 --json",
  ],
  prefersSpeed: true,
  async run({options, out: stream}) {
    const selection = selectionFrom(options);
    const count = countFrom(options);
    const stateDir = findStateDir(
      options,
      dir => logFilesOf(join(dir, LOG_FILE)).length > 0,
      'logs',
      options.follow ?? false,
    );
    const path = join(stateDir, LOG_FILE);
    if (options.target !== undefined) await refuseUnknownTarget(stateDir, options.target, path);
    const colour = isColored(stream, options.color);
    const out = createOutput(stream);
    const show = (entries: readonly LogEntry[]) =>
      out.write(
        entries
          .map(entry => `${options.json ? entryObject(entry) : entryText(entry, colour)}\n`)
          .join(''),
      );
    const place = await showPast(path, count, selection, show, out);
    if (!options.follow) return EXIT.done;
    await showComing(path, place, selection, show, out, interruptedBy('SIGINT'));
    return out.closed() ? EXIT.done : EXIT.interrupted;
  },
});

/** Throws a `UsageError` for a target that neither the monitor nor any entry of its log names. */
async function refuseUnknownTarget(stateDir: string, target: string, path: string): Promise<void> {
  const names = [
    ...new Set([
      ...(watchedIn(stateDir) ?? []),
      ...(statusIn(stateDir)?.targets.map(({name}) => name) ?? []),
    ]),
  ];
  if (names.length === 0 || names.includes(target)) return;
  const about = {
    since: -Infinity,
    until: Infinity,
    matches: (head: LogHead) => head.target === target,
  };
  if ((await lastEntries(logFilesOf(path), 1, about)).length > 0) return;
  throw new UsageError(
    message`there is no target '${sanitize(target, 63)}'; the targets are ${names.map(name => sanitize(name, 63)).join(', ')}${didYouMean(target, names)}`,
  );
}

type Show = (entries: readonly LogEntry[]) => Promise<void>;

/** Shows the present entries; resolves to the reading position. */
async function showPast(
  path: string,
  count: number,
  selection: Selection,
  show: Show,
  out: Output,
): Promise<LogPlace> {
  const parts = logFilesOf(path);
  if (count !== Infinity) await show(count === 0 ? [] : await lastEntries(parts, count, selection));
  else {
    for await (const entries of entriesOf(parts, selection)) {
      await show(entries);
      if (out.closed()) break;
    }
  }
  const live = parts.find(({number}) => number === 0);
  return {ino: live?.ino, offset: live?.size ?? 0};
}

async function showComing(
  path: string,
  place: LogPlace,
  {matches}: Selection,
  show: Show,
  out: Output,
  signal: AbortSignal,
): Promise<void> {
  const grouper = createGrouper(matches);
  for await (const lines of followLog(path, place, signal)) {
    // No more lines for now: shows the last entry without waiting for the next.
    await show(lines.length === 0 ? grouper.flush() : grouper.take(lines));
    if (out.closed()) return;
  }
}
