import {join} from 'node:path';
import {didYouMean} from '../../config/did-you-mean.ts';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {formatBytes} from '../../format/bytes.ts';
import {formatDuration, parseDuration} from '../../format/duration.ts';
import {sanitize} from '../../format/sanitize.ts';
import {isFile} from '../../io/files/directory.ts';
import {logFilesOf} from '../../io/logs/log-files.ts';
import {archiveHistory, compressLogs, prune, type MaintainTask} from './tasks.ts';
import {LOG_FILE} from '../../monitor/log.ts';
import {parse, parser} from '../../cli/options.ts';
import {findStateDir} from '../../instances/find.ts';
import type {Selector} from '../../instances/selector.ts';

interface MaintainOptions extends Selector {
  readonly dryRun?: boolean;
  readonly keep?: string;
}

const TASKS: Readonly<Record<'prune' | 'compress' | 'archive', MaintainTask>> = {
  prune,
  compress: compressLogs,
  archive: archiveHistory,
};
const WORDS: Readonly<Record<string, ReadonlyArray<keyof typeof TASKS>>> = {
  prune: ['prune'],
  compress: ['compress'],
  archive: ['archive'],
  all: ['prune', 'compress', 'archive'],
};
/** What takes nothing from anybody who did not ask for it. */
const USUAL = ['prune', 'compress'] as const;

export const definition: CommandDefinition = {
  usage: 'maintain [prune|compress|archive|all] [--dry-run]',
  get summary() {
    return say`tidies up: prunes and compresses old logs, archives the fix history and begins it anew`;
  },
  async run(argv) {
    const parsed = parse<MaintainOptions>(
      commandOf(),
      argv,
      1,
      say`wanted is at most one of ${Object.keys(WORDS).join(', ')}, e.g. agent2 maintain prune`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const tasks = tasksOf(words[0]);
    const keepMs = keepFrom(options.keep);
    const stateDir = findStateDir(
      options,
      dir => logFilesOf(join(dir, LOG_FILE)).length > 0 || isFile(join(dir, 'agent2_status.json')),
      'maintain',
    );
    const dryRun = options.dryRun ?? false;
    let freed = 0;
    let failed = false;
    for (const name of tasks) {
      const {lines, freedBytes, trouble} = await TASKS[name]({
        stateDir,
        dryRun,
        keepMs,
        now: Date.now(),
      });
      freed += freedBytes;
      process.stdout.write(lines.map(line => `${name}: ${line}\n`).join(''));
      if (trouble !== undefined) process.stderr.write(`agent2: ${name}: ${trouble}\n`);
      failed ||= trouble !== undefined;
    }
    process.stdout.write(
      `${sanitize(stateDir)}: ${dryRun ? say`nothing was changed; ${formatBytes(freed)} would be freed` : say`${formatBytes(freed)} freed`}\n`,
    );
    return failed ? EXIT.failed : EXIT.done;
  },
};

function commandOf() {
  return parser('maintain', definition.summary)
    .usage('[prune|compress|archive|all] [options]')
    .option('--dry-run', say`say what would be done, and do nothing`)
    .option(
      '--keep <TIME>',
      say`prune: what was written last so long ago or later stays (default: 30d)`,
    )
    .option('--state-dir <DIR>', say`where the monitor keeps its files`)
    .option('--name <NAME>', say`the monitor, by the name of what it watches`)
    .addHelpText(
      'after',
      `
${say`Words (default: prune, then compress):`}
  prune      ${say`remove rotated logs, outputs and recordings that are old, and temporary files of processes that are dead`}
  compress   ${say`compress rotated logs; the one that is written stays as it is`}
  archive    ${say`write fixes, incidents and ledger to archive/ in the state directory, and begin them anew; budget and open incidents stay`}
  all        ${say`all of it`}

${say`Examples:`}
  agent2 maintain --dry-run
  agent2 maintain prune --keep 7d
  agent2 maintain archive --name web
`,
    );
}

function tasksOf(word: string | undefined): ReadonlyArray<keyof typeof TASKS> {
  if (word === undefined) return USUAL;
  const tasks = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (tasks) return tasks;
  const words = Object.keys(WORDS);
  throw new UsageError(
    say`maintain has no '${sanitize(word, 40)}'; the words are ${words.join(', ')}${didYouMean(word, words, 'agent2 maintain ')}`,
  );
}

const KEEP_MS = 30 * 86_400_000;
const LEAST_MS = 60_000;

function keepFrom(text: string | undefined): number {
  if (text === undefined) return KEEP_MS;
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= LEAST_MS) return ms;
  throw new UsageError(
    say`--keep '${sanitize(text, 40)}' is no usable duration; wanted is at least ${formatDuration(LEAST_MS)}, e.g. --keep 30d`,
  );
}
