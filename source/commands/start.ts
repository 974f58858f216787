import {join} from 'node:path';
import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {columns} from '../format/columns.ts';
import {formatDuration} from '../format/duration.ts';
import type {MonitoredTarget} from '../documents/monitor-status.ts';
import {sanitize} from '../format/sanitize.ts';
import {errorText} from '../io/error-code.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import {
  startInBackground,
  startMsOf,
  upAlready,
  type Background,
  type BackgroundSetup,
} from '../instances/start.ts';
import {
  addMonitorOptions,
  addTargetOptions,
  logFrom,
  parse,
  parser,
  splitChild,
  type MonitorOptions,
} from '../cli/options.ts';
import {fixKind} from '../monitor/kinds.ts';
import {heldText, readyStateDir} from '../monitor/claim-state-dir.ts';
import {watchlistFor} from '../cli/watchlist.ts';
import {welcomeText} from '../session/welcome.ts';
import {stateDirsOf} from '../instances/selector.ts';
import {isAgentosHere} from '../config/agentos.ts';

export const definition: CommandDefinition = {
  usage: 'start [url] [options] [-- CMD …]',
  get summary() {
    return say`run in the background; returns when everything was checked once (agent2 stop ends it)`;
  },
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addMonitorOptions(
      addTargetOptions(
        parser('start', definition.summary, [
          "agent2 start http://127.0.0.1:3000/ --preset prod --restart './restart.sh'",
          'agent2 start http://127.0.0.1:3000/ -- node server.js',
          'agent2 start --config agent2.yaml',
        ]).usage('[url] [options] [-- CMD …]'),
      ),
    );
    const parsed = parse<MonitorOptions>(command, own, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    logFrom(options);
    const {targets, asked, config} = await watchlistFor(words, options, child);
    const first = targets[0];
    if (!first) throw new Error('nothing to watch');
    if (first.agentos && options.stateDir === undefined && !(await isAgentosHere()))
      throw new UsageError(welcomeText().trimEnd(), EXIT.failed);
    const {path: stateDir, what} = readyStateDir(options.stateDir, config ? config.place : first);
    const startMs = startMsOf(targets, ({fix}) => fixKind(fix.use).traits.ownsProcess);
    const interrupt = new AbortController();
    process.on('SIGINT', () => interrupt.abort());
    const watchedAlready = async ({pid}: Holder) => {
      const status = await upAlready(stateDir, pid, startMs, interrupt.signal);
      process.stdout.write(
        `${targetLines(status?.targets ?? [])}${say`agent2 watches this already, pid ${pid}`}\n${placeLines(stateDir)}`,
      );
      return interrupt.signal.aborted ? EXIT.interrupted : EXIT.done;
    };
    const holder = holderOf(stateDir);
    if (holder && (asked === undefined || holder.asked !== asked))
      throw new UsageError(heldText(holder, stateDir), EXIT.failed);
    if (holder) return watchedAlready(holder);
    const note = noteLater(
      targets.map(({name}) => name),
      startMs,
    );
    const result = await begin(
      {argv, stateDir, deadlineMs: startMs, signal: interrupt.signal},
      what,
    );
    clearTimeout(note);
    // Somebody started the same in the same instant, and was first.
    const winner = result.kind === 'died' ? holderOf(stateDir) : undefined;
    if (winner && asked !== undefined && winner.asked === asked) return watchedAlready(winner);
    return tell(result, stateDir, interrupt.signal.aborted);
  },
};

const NOTE_MS = 2_000;

/** For people who wait in front of a terminal. */
function noteLater(names: readonly string[], mostMs: number): NodeJS.Timeout | undefined {
  if (!process.stderr.isTTY) return undefined;
  return setTimeout(
    () =>
      process.stderr.write(
        `${say`waits for the first check of ${names.map(name => sanitize(name, 63)).join(', ')}, at most ${formatDuration(mostMs)}; Ctrl-C leaves it alone`}\n`,
      ),
    NOTE_MS,
  );
}

async function begin(setup: BackgroundSetup, what: string): Promise<Background> {
  try {
    return await startInBackground(setup);
  } catch (error) {
    throw new UsageError(
      say`${what}: it cannot be written (${errorText(error)}); choose another: --state-dir DIR`,
      EXIT.failed,
    );
  }
}

function tell(result: Background, stateDir: string, interrupted: boolean): number {
  const log = join(stateDir, 'agent2.log');
  switch (result.kind) {
    case 'up':
      process.stdout.write(
        `${targetLines(result.status.targets)}${say`agent2 runs in the background, pid ${result.pid}; agent2 status${placed(stateDir)} shows it, agent2 stop${placed(stateDir)} ends it`}\n${placeLines(stateDir)}`,
      );
      return EXIT.done;
    case 'late': {
      process.stdout.write(`${targetLines(result.status?.targets ?? [])}${placeLines(stateDir)}`);
      const waited = formatDuration(Math.round(result.waitedMs));
      process.stderr.write(
        `agent2: ${interrupted ? say`it goes on in the background, pid ${result.pid}, not everything is checked yet; see agent2 status, end it with agent2 stop` : say`it runs, pid ${result.pid}, but after ${waited} not everything was checked once; see agent2 status and the log, end it with agent2 stop`}\n`,
      );
      return interrupted ? EXIT.interrupted : EXIT.failed;
    }
    case 'died': {
      // Its own words are the best there are, whatever the user has to settle.
      if (result.text !== '')
        throw new UsageError(result.text, result.code === EXIT.usage ? EXIT.usage : EXIT.failed);
      const how =
        result.signal === null
          ? say`exit code ${result.code ?? '?'}`
          : say`signal ${result.signal}`;
      throw new UsageError(
        say`the monitor ended while it started (${how}) and said nothing; its log: ${log}`,
        EXIT.failed,
      );
    }
  }
}

/** One line for each: how it is, and why. */
function targetLines(targets: readonly MonitoredTarget[]): string {
  const rows = targets.map(({name, health, why}) => [sanitize(name, 63), health, sanitize(why)]);
  return columns(rows, {width: process.stdout.columns || 80, shrinkable: {0: 12, 2: 20}})
    .map(line => `${line}\n`)
    .join('');
}

/** What has to be added to a command for it to find a monitor in an unusual place. */
function placed(stateDir: string): string {
  return stateDirsOf({}).includes(stateDir) ? '' : ` --state-dir ${shellWord(stateDir)}`;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
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
