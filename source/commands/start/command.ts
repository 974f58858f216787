import {hangNote} from '../../cli/hang-note.ts';
import type {Text} from '../../core/model/text.ts';
import {join} from 'node:path';
import {isAgentosHere} from '../../config/agentos.ts';
import {defineCommand, EXIT, UsageError, type Output} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {columns} from '../../format/columns.ts';
import {formatDuration} from '../../format/duration.ts';
import {sanitize} from '../../format/sanitize.ts';
import {typed} from '../../format/shell-words.ts';
import {targetLines} from './target-lines.ts';
import {stateDirsOf} from '../../instances/selector.ts';
import {
  startInBackground,
  startMsOf,
  waitUntilUp,
  type Background,
  type BackgroundSetup,
} from '../../instances/start.ts';
import {fileErrorText} from '../../io/files/file-error.ts';
import {holderOf, type Holder} from '../../io/state-dir/lock.ts';
import {fixKind} from '../../monitor/kinds.ts';
import {heldText, readyStateDir} from '../../monitor/claim-state-dir.ts';
import {interruptedBy} from '../../cli/interrupt.ts';
import {runOptions} from '../../cli/run-options.ts';
import {runWords} from '../../cli/run-words.ts';
import {withoutSecretsInWords} from '../../cli/secret-words.ts';
import {watchlistFor} from '../../cli/watchlist.ts';
import {warnOfOtherHealer} from '../../session/other-healer.ts';
import {welcomeText} from '../../session/welcome.ts';

export const definition = defineCommand({
  group: 'watch',
  summary: () => say`watches in the background; returns when every target was checked once`,
  words: {url: {}},
  takesChild: true,
  options: runOptions,
  notes: () => [hangNote()],
  examples: [
    "agent2 start http://127.0.0.1:3000/ --preset prod --restart './restart.sh'",
    'agent2 start http://127.0.0.1:3000/ -- node server.js',
    'agent2 start --config agent2.yaml',
  ],
  async run({words: {url}, options, given, child, out, err}) {
    const {targets, asked, config} = await watchlistFor(url, options, child);
    const first = targets[0];
    if (!first) throw new Error('nothing to watch');
    if (first.agentos && options.stateDir === undefined && !(await isAgentosHere()))
      throw new UsageError(welcomeText().trimEnd(), EXIT.failed);
    warnOfOtherHealer({targets, config, stateDirOption: options.stateDir}, err);
    const {path: stateDir, what} = readyStateDir(options.stateDir, config ? config.place : first);
    const startMs = startMsOf(targets, ({fix}) => fixKind(fix.use).traits.ownsProcess);
    const interrupt = interruptedBy('SIGINT');
    const watchedAlready = async ({pid}: Holder) => {
      const status = await waitUntilUp(stateDir, pid, startMs, interrupt);
      out.write(
        `${targetLines(status?.targets ?? [], widthOf(out))}${say`agent2 watches this already, pid ${pid}`}\n${placeLines(stateDir)}`,
      );
      return interrupt.aborted ? EXIT.interrupted : EXIT.done;
    };
    const holder = holderOf(stateDir);
    if (holder && (asked === undefined || holder.asked !== asked))
      throw new UsageError(heldText(holder, stateDir), EXIT.failed);
    if (holder) return watchedAlready(holder);
    const note = noteWait(
      targets.map(({name}) => name),
      startMs,
      err,
    );
    const {words: quiet, env} = withoutSecretsInWords(
      {url, given, child},
      config ? [] : targets.flatMap(({secrets}) => secrets),
    );
    const argv = runWords(quiet);
    const result = await begin({argv, env, stateDir, deadlineMs: startMs, signal: interrupt}, what);
    clearTimeout(note);
    // Another `agent2 start` with the same words was faster.
    const winner = result.kind === 'died' ? holderOf(stateDir) : undefined;
    if (winner && asked !== undefined && winner.asked === asked) return watchedAlready(winner);
    return report(result, stateDir, interrupt.aborted, {out, err});
  },
});

const NOTE_MS = 2_000;

/** After a while prints what `start` waits for, if a person waits at a terminal. */
function noteWait(
  names: readonly string[],
  mostMs: number,
  err: Output,
): NodeJS.Timeout | undefined {
  if (!err.isTTY) return undefined;
  return setTimeout(
    () =>
      err.write(
        `${say`waits for the first check of ${names.map(name => sanitize(name, 63)).join(', ')} (at most ${formatDuration(mostMs)}); Ctrl-C stops waiting`}\n`,
      ),
    NOTE_MS,
  );
}

async function begin(setup: BackgroundSetup, what: Text): Promise<Background> {
  try {
    return await startInBackground(setup);
  } catch (error) {
    throw new UsageError(
      message`${what}: it cannot be written (${fileErrorText(error)}); choose another: --state-dir DIR`,
      EXIT.failed,
    );
  }
}

function report(
  result: Background,
  stateDir: string,
  interrupted: boolean,
  {out, err}: {readonly out: Output; readonly err: Output},
): number {
  const log = join(stateDir, 'agent2.log');
  const which = placed(stateDir);
  switch (result.kind) {
    case 'up':
      out.write(
        `${targetLines(result.status.targets, widthOf(out))}${say`agent2 runs in the background, pid ${result.pid}; agent2 status${which} shows it, agent2 stop${which} ends it`}\n${placeLines(stateDir)}`,
      );
      return EXIT.done;
    case 'late': {
      out.write(
        `${targetLines(result.status?.targets ?? [], widthOf(out))}${placeLines(stateDir)}`,
      );
      const waited = formatDuration(Math.round(result.waitedMs));
      err.write(
        `agent2: ${interrupted ? say`agent2 continues in the background, pid ${result.pid}; not every target is checked yet: agent2 status${which} shows it, agent2 stop${which} ends it` : say`agent2 runs, pid ${result.pid}, but after ${waited} not every target is checked; see agent2 status${which} and the log; agent2 stop${which} ends it`}\n`,
      );
      return interrupted ? EXIT.interrupted : EXIT.failed;
    }
    case 'died': {
      // The monitor itself knows best why it ended.
      if (result.text !== '')
        throw new UsageError(result.text, result.code === EXIT.usage ? EXIT.usage : EXIT.failed);
      const how =
        result.signal === null
          ? say`exit code ${result.code ?? '?'}`
          : say`signal ${result.signal}`;
      throw new UsageError(
        message`the monitor ended during its start (${how}) without a message; its log: ${log}`,
        EXIT.failed,
      );
    }
  }
}

/** Who reads a pipe gets every word. */
function widthOf(out: Output): number {
  return out.isTTY ? out.columns || 80 : Infinity;
}

/** The option that a command needs to find a monitor in an unusual directory; empty for a usual one. */
function placed(stateDir: string): string {
  return stateDirsOf({}).includes(stateDir) ? '' : ` --state-dir ${typed([stateDir])}`;
}

function placeLines(stateDir: string): string {
  return columns(
    [
      [say`state`, stateDir],
      [say`log`, join(stateDir, 'agent2.log')],
    ],
    {width: Infinity, shrinkable: {}},
  )
    .map(line => `  ${line}\n`)
    .join('');
}
