import {basename, join, resolve} from 'node:path';
import {presets} from '../../config/presets.ts';
import {ranges} from '../../config/values.ts';
import {overridesOf, presetOf, wholeNumber} from '../../config/target-options.ts';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import type {Event} from '../../core/model/event.ts';
import type {Policy} from '../../core/model/policy.ts';
import {createPast} from '../../core/replay/past.ts';
import {simulate, type Change} from '../../core/replay/simulate.ts';
import {noFigures} from '../../core/replay/tally.ts';
import {say} from '../../core/text/say.ts';
import type {State} from '../../core/model/state.ts';
import {backtestDocument, backtestText, type BacktestReport} from './report.ts';
import {parseDuration} from '../../format/duration.ts';
import {laterText} from '../../documents/reading.ts';
import {readRecordingLine} from '../../documents/recording.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode, errorText} from '../../io/error-code.ts';
import {isFile} from '../../io/files/directory.ts';
import {readLines} from '../../io/files/read-lines.ts';
import {preferSpeed} from '../../cli/v8-flags.ts';
import {parse, parser} from '../../cli/options.ts';
import {RECORDING_FILE} from '../../monitor/recording.ts';
import {selectedStateDir, stateDirsOf, type Selector} from '../../instances/selector.ts';

interface BacktestOptions extends Selector {
  readonly since?: string;
  readonly preset?: string;
  readonly interval?: string;
  readonly timeout?: string;
  readonly threshold?: string;
  readonly recovery?: string;
  readonly retries?: string;
  readonly slow?: string;
  readonly json?: boolean;
}

export const definition: CommandDefinition = {
  usage: 'backtest [FILE] [target] [options]',
  get summary() {
    return say`what other settings would have made of a recording (see --record)`;
  },
  async run(argv) {
    const command = parser('backtest', definition.summary, [
      'agent2 backtest --since 7d --preset prod',
      'agent2 backtest record.jsonl web --threshold 5',
    ])
      .usage('[FILE] [target] [options]')
      .option('--since <TIME>', say`only what happened so long ago or later, e.g. 7d`)
      .option(
        '--preset <NAME>',
        say`timings and limits to try: dev, test, prod, high-load, low-latency, unstable-network`,
      )
      .option('--interval <TIME>', say`from one check to the next`)
      .option('--timeout <TIME>', say`how long an answer may take`)
      .option('--threshold <N>', say`failed checks in a row that make it down`)
      .option('--recovery <N>', say`good checks in a row that make it ok again`)
      .option('--retries <N>', say`more tries inside one check, a second apart`)
      .option('--slow <TIME>', say`a correct answer slower than this is a warning`)
      .option(
        '--state-dir <DIR>',
        say`where the monitor keeps its files, ${RECORDING_FILE} among them`,
      )
      .option('--name <NAME>', say`the monitor, by the name of what it watches`)
      .option('--json', say`the result as one JSON object`);
    const parsed = parse<BacktestOptions>(
      command,
      argv,
      2,
      say`wanted are at most the file and a target, e.g. agent2 backtest record.jsonl web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    preferSpeed();
    const change = changeOf(options);
    const since = sinceOf(options.since);
    const {file, target} = meaningOf(words, options);
    const report = await backtest(file, since, target, change);
    process.stdout.write(
      options.json ? `${JSON.stringify(backtestDocument(report))}\n` : backtestText(report),
    );
    return EXIT.done;
  },
};

/** Of two words the first is the file. One alone is a file where there is one, or where it looks like one. */
function meaningOf(
  [first, second]: readonly string[],
  options: Selector,
): {readonly file: string; readonly target?: string} {
  if (first === undefined) return {file: ownRecording(options)};
  if (second !== undefined || isFile(first) || /\/|\.jsonl?$/.test(first))
    return {file: resolve(first), target: second};
  return {file: ownRecording(options), target: first};
}

/** The recording of the monitor that is meant, or of the only one that has any. */
function ownRecording(options: Selector): string {
  const places = stateDirsOf(options);
  const found = places.map(place => join(place, RECORDING_FILE)).filter(isFile);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw new UsageError(
      say`there are several recordings: ${found.map(path => sanitize(path)).join(', ')}; name one, e.g. agent2 backtest ${sanitize(only)}`,
    );
  const named = selectedStateDir(options, places);
  const where = named === undefined ? '' : say` in ${sanitize(named)}`;
  throw new UsageError(
    say`there is no recording${where}; make one: agent2 run http://127.0.0.1:3000/ --record, or name its file: agent2 backtest web.jsonl`,
    EXIT.failed,
  );
}

function sinceOf(text: string | undefined): number {
  if (text === undefined) return -Infinity;
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return Date.now() - ms;
  throw new UsageError(
    say`--since '${sanitize(text, 40)}' is no usable duration; wanted is how far to go back, e.g. --since 7d`,
  );
}

function changeOf(options: BacktestOptions): Change {
  const recovery =
    options.recovery === undefined
      ? {}
      : {
          recoveryThreshold: wholeNumber(
            '--recovery',
            options.recovery,
            ranges.recoveryThreshold,
            '--recovery 2',
          ),
        };
  return {
    ...(options.preset === undefined ? {} : {preset: presetOf(options.preset)}),
    overrides: {...overridesOf(options), ...recovery},
  };
}

async function backtest(
  path: string,
  since: number,
  wanted: string | undefined,
  change: Change,
): Promise<BacktestReport> {
  const past = createPast(since);
  const known: Record<string, Policy> = {};
  const tally = {runs: 0, checks: 0, damaged: 0};
  // A recording that grew too long goes on in a new file, and the old one lies beside it.
  const files = [`${path}.1`, path].filter((file, index) => index === 1 || isFile(file));
  for (const file of files) await readRecording(file);
  const history = past.history();
  if (!history) {
    const why =
      tally.runs > 0
        ? say`nothing in ${sanitize(path)} is as recent as --since asks for`
        : tally.damaged > 0
          ? say`${sanitize(path)} is no recording`
          : say`${sanitize(path)} holds nothing yet`;
    throw new UsageError(
      say`${why}; ${tally.runs > 0 ? say`go further back, e.g. --since 30d` : say`a recording is made by: agent2 run http://127.0.0.1:3000/ --record web.jsonl`}`,
      EXIT.failed,
    );
  }
  const names = history.targets.map(({start}) => start.settings.name);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new UsageError(
      say`the recording has no target '${sanitize(wanted, 63)}'; it has ${names.map(name => sanitize(name, 63)).join(', ')}, e.g. agent2 backtest ${sanitize(basename(path))} ${sanitize(names[0] ?? '', 63)}`,
    );
  }
  const outcome = simulate(history, change, {...known, ...presets});
  return {
    files: files.map(file => sanitize(file)),
    from: history.from,
    to: history.to,
    ...tally,
    targets: history.targets
      .filter(({start}) => wanted === undefined || start.settings.name === wanted)
      .map(({start: {settings, preset}, healing, happened}) => ({
        name: settings.name,
        recordedPreset: label(preset, settings.overrides),
        triedPreset: label(change.preset ?? preset, {
          ...(change.preset === undefined ? settings.overrides : {}),
          ...change.overrides,
        }),
        healing,
        happened,
        wouldHave: outcome.get(settings.name) ?? noFigures,
      })),
  };

  async function readRecording(file: string): Promise<void> {
    let begun = false;
    for await (const lines of linesOf(file)) {
      for (const text of lines) {
        if (text === '') continue;
        const line = readRecordingLine(text);
        switch (line.kind) {
          case 'header':
            begun = true;
            begin(line.header.state, line.header.at);
            break;
          case 'event':
            if (begun) happen(line.event);
            break;
          case 'damaged':
            tally.damaged += 1;
            break;
          case 'later':
            throw new UsageError(
              say`${sanitize(file)} ${laterText(line)}; run agent2 backtest of that version`,
              EXIT.failed,
            );
        }
      }
    }
  }

  function happen(event: Event): void {
    if (past.happen(event) && event.type === 'observed' && event.at >= since) tally.checks += 1;
  }

  function begin(state: State, at: number): void {
    Object.assign(known, state.presets);
    tally.runs += 1;
    past.begin(state, at);
  }
}

async function* linesOf(file: string): AsyncGenerator<readonly string[]> {
  try {
    yield* readLines(file);
  } catch (error) {
    const missing = errorCode(error) === 'ENOENT';
    throw new UsageError(
      say`${sanitize(file)} ${missing ? say`does not exist` : say`cannot be read (${errorText(error)})`}; name a recording, e.g. agent2 backtest web.jsonl; it is made by: agent2 run http://127.0.0.1:3000/ --record web.jsonl`,
      EXIT.failed,
    );
  }
}

/** As a target shows its preset. */
function label(preset: string, overrides: Partial<Policy>): string {
  return Object.keys(overrides).length > 0 ? `${preset}*` : preset;
}
