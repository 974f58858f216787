import {join} from 'node:path';
import {EXIT, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {createGrouper, entryObject, entryText, type LogEntry} from '../../documents/log-entry.ts';
import {followLog, type LogPlace} from '../../io/logs/follow-log.ts';
import {entriesOf, lastEntries, type Wanted} from '../../io/logs/log-entries.ts';
import {logFilesOf} from '../../io/logs/log-files.ts';
import {createOutput, type Output} from '../../io/files/output.ts';
import {preferSpeed} from '../../cli/v8-flags.ts';
import {countFrom, wantedFrom, type LogsOptions} from './options.ts';
import {LOG_FILE} from '../../monitor/log.ts';
import {parse, parser} from '../../cli/options.ts';
import {findStateDir} from '../../instances/find.ts';

export const definition: CommandDefinition = {
  usage: 'logs [-f] [options]',
  get summary() {
    return say`shows the log of a monitor, whether it runs or not; -f goes on with what comes`;
  },
  async run(argv) {
    const parsed = parse<LogsOptions>(
      commandOf(),
      argv,
      0,
      say`no words are wanted, e.g. agent2 logs --target web --since 1h`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options} = parsed;
    preferSpeed();
    const wanted = wantedFrom(options, Date.now());
    const count = countFrom(options);
    const path = join(
      findStateDir(
        options,
        dir => logFilesOf(join(dir, LOG_FILE)).length > 0,
        'logs',
        options.follow ?? false,
      ),
      LOG_FILE,
    );
    const colour =
      process.stdout.isTTY &&
      options.color !== false &&
      !process.env.NO_COLOR &&
      process.env.TERM !== 'dumb';
    const out = createOutput(process.stdout);
    const show = (entries: readonly LogEntry[]) =>
      out.write(
        entries
          .map(entry => `${options.json ? entryObject(entry) : entryText(entry, colour)}\n`)
          .join(''),
      );
    const place = await showPast(path, count, wanted, show, out);
    if (!options.follow) return EXIT.done;
    const interrupt = new AbortController();
    process.on('SIGINT', () => interrupt.abort());
    await showComing(path, place, wanted, show, out, interrupt.signal);
    return out.closed() ? EXIT.done : EXIT.interrupted;
  },
};

function commandOf() {
  return parser('logs', definition.summary)
    .usage('[-f] [options]')
    .option(
      '-f, --follow',
      say`go on with what comes, over rotation, and wait for a log that is not there yet`,
    )
    .option('--level <LEVEL>', say`from which level on: debug, info, warning or error`)
    .option(
      '--since <TIME>',
      say`only what happened so long ago or later, e.g. 1h, 7d, 10:30 or 2026-01-27`,
    )
    .option('--until <TIME>', say`only what happened so long ago or earlier`)
    .option(
      '-n, --lines <N>',
      say`how many of the last entries, or all (default: 50; all with --since or --until)`,
    )
    .option('--target <NAME>', say`only what is about that target`)
    .option('--json', say`one JSON object a line, whatever the format of the log`)
    .option('--no-color', say`no colours (NO_COLOR does the same)`)
    .option('--state-dir <DIR>', say`where the monitor keeps its files`)
    .option('--name <NAME>', say`the monitor, by the name of what it watches`)
    .addHelpText(
      'after',
      `\n${say`Examples:`}
  agent2 logs -f
  agent2 logs --level warning --since 1h
  agent2 logs --target web --since '2026-01-27 10:30' --until 12:00 --json
`,
    );
}

type Show = (entries: readonly LogEntry[]) => Promise<void>;

/** What is there; how far it was read. */
async function showPast(
  path: string,
  count: number,
  wanted: Wanted,
  show: Show,
  out: Output,
): Promise<LogPlace> {
  const parts = logFilesOf(path);
  if (count !== Infinity) await show(count === 0 ? [] : await lastEntries(parts, count, wanted));
  else {
    for await (const entries of entriesOf(parts, wanted)) {
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
  {isWanted}: Wanted,
  show: Show,
  out: Output,
  signal: AbortSignal,
): Promise<void> {
  const grouper = createGrouper(isWanted);
  for await (const lines of followLog(path, place, signal)) {
    // Nothing more for now: what is there need not wait for the entry after it.
    await show(lines.length === 0 ? grouper.flush() : grouper.take(lines));
    if (out.closed()) return;
  }
}
