import {join} from 'node:path';
import {LONGEST_SPAN_MS, timeSpan} from '../../config/options/values.ts';
import {defineCommand, EXIT, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {formatBytes} from '../../format/bytes.ts';
import {keysOf} from '../../format/keys-of.ts';
import {sanitize} from '../../format/sanitize.ts';
import {isFile} from '../../io/files/directory.ts';
import {logFilesOf} from '../../io/logs/log-files.ts';
import {archiveHistory, compressLogs, prune} from './tasks.ts';
import {distrustStateDir} from '../../io/state-dir/trust.ts';
import {LOG_FILE} from '../../monitor/log.ts';
import {selectorOptions} from '../../cli/selector-options.ts';
import {findStateDir} from '../../instances/find.ts';

const TASKS = {prune, compress: compressLogs, archive: archiveHistory} as const;
type Task = keyof typeof TASKS;

/** The tasks without a word: `archive` resets the history, so it runs only when named. */
const USUAL: readonly Task[] = ['prune', 'compress'];

export const definition = defineCommand({
  group: 'setup',
  summary: () => say`removes old files, compresses logs, archives the history of fixes`,
  words: {
    task: {
      choices: {
        prune: () =>
          say`remove old rotated logs, outputs and recordings, and temporary files of dead processes`,
        compress: () => say`compress rotated logs`,
        archive: () =>
          say`move fixes, incidents and ledger to archive/ in the state directory; budget and open incidents stay`,
        all: () => say`all of these`,
      },
    },
  },
  options: {
    dryRun: {help: () => say`print what would be done, without doing it`},
    keep: {
      value: timeSpan(60_000, LONGEST_SPAN_MS, '30d'),
      help: () => say`prune: keep files written within this time (default: 30d)`,
    },
    ...selectorOptions,
  },
  notes: () => [say`Without a task it does prune, then compress.`],
  examples: [
    'agent2 maintain --dry-run',
    'agent2 maintain prune --keep 7d',
    'agent2 maintain archive --name web',
  ],
  async run({words: {task}, options, out, err}) {
    const {dryRun = false, keep = KEEP_MS} = options;
    const stateDir = findStateDir(
      options,
      dir => logFilesOf(join(dir, LOG_FILE)).length > 0 || isFile(join(dir, 'agent2_status.json')),
      'maintain',
    );
    const distrust = distrustStateDir(stateDir);
    if (distrust !== undefined)
      throw new UsageError(
        message`${sanitize(stateDir)} is left as it is: it ${distrust}`,
        EXIT.failed,
      );
    let freed = 0;
    let failed = false;
    for (const name of tasksOf(task)) {
      const {lines, freedBytes, problem} = await TASKS[name]({
        stateDir,
        dryRun,
        keepMs: keep,
        now: Date.now(),
      });
      freed += freedBytes;
      out.write(lines.map(line => `${name}: ${line}\n`).join(''));
      if (problem !== undefined) err.write(`agent2: ${name}: ${problem}\n`);
      failed ||= problem !== undefined;
    }
    out.write(
      `${sanitize(stateDir)}: ${dryRun ? say`nothing was changed; this would free ${formatBytes(freed)}` : say`${formatBytes(freed)} freed`}\n`,
    );
    return failed ? EXIT.failed : EXIT.done;
  },
});

const KEEP_MS = 30 * 86_400_000;

function tasksOf(word: Task | 'all' | undefined): readonly Task[] {
  if (word === undefined) return USUAL;
  return word === 'all' ? keysOf(TASKS) : [word];
}
