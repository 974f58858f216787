import {basename, join, resolve} from 'node:path';
import {presetNames, presets} from '../../config/presets.ts';
import {policyOptions, presetValue} from '../../config/options/table.ts';
import {LONGEST_SPAN_MS, timeSpan} from '../../config/options/values.ts';
import {overridesOf} from '../../config/options/target.ts';
import {defineCommand, EXIT, UsageError} from '../../contracts/command.ts';
import type {Event} from '../../core/model/event.ts';
import type {Policy} from '../../core/model/policy.ts';
import {createPast} from '../../core/replay/past.ts';
import {simulate, type Change} from '../../core/replay/simulate.ts';
import {noFigures} from '../../core/replay/tally.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import type {State} from '../../core/model/state.ts';
import {backtestDocument, backtestText, type BacktestReport} from './report.ts';
import {laterText} from '../../documents/later-text.ts';
import {readRecordingLine} from '../../documents/recording.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorCode} from '../../io/error-code.ts';
import {isFile} from '../../io/files/directory.ts';
import {faultOfFile} from '../../io/files/file-error.ts';
import {readLines} from '../../io/files/read-lines.ts';
import {jsonOption, selectorOptions} from '../../cli/selector-options.ts';
import {RECORDING_FILE} from '../../monitor/recording.ts';
import {selectedStateDir, stateDirsOf, type Selector} from '../../instances/selector.ts';
import {refuseUnknownName} from '../../instances/unknown-name.ts';

const {interval, timeout, slow, retries, threshold, recovery} = policyOptions;
const settings = {interval, timeout, slow, retries, threshold, recovery} as const;

export const definition = defineCommand({
  group: 'examine',
  summary: () => say`replays a recording with other settings (see --record)`,
  words: {file: {called: 'FILE', completion: 'file'}, target: {completion: 'target'}},
  options: {
    since: {
      value: timeSpan(1, LONGEST_SPAN_MS, '7d'),
      help: () => say`replay only what happened within this time, e.g. 7d`,
    },
    preset: {
      value: presetValue,
      help: () => say`timings and limits to try: ${presetNames.join(', ')}`,
    },
    ...settings,
    ...selectorOptions,
    json: jsonOption,
  },
  examples: [
    'agent2 backtest --since 7d --preset prod',
    'agent2 backtest record.jsonl web --threshold 5',
  ],
  prefersSpeed: true,
  async run({words, options, out}) {
    const {preset, since} = options;
    const {file, target} = meaningOf(words, options);
    const report = await backtest(
      file,
      since === undefined ? -Infinity : Date.now() - since,
      target,
      {...(preset === undefined ? {} : {preset}), overrides: overridesOf(options)},
    );
    out.write(
      options.json ? `${JSON.stringify(backtestDocument(report))}\n` : backtestText(report),
    );
    return EXIT.done;
  },
});

/** The first of two words is the file. A single word is a file if that exists or the word looks like a path, else a target. */
function meaningOf(
  {file: first, target: second}: {readonly file?: string; readonly target?: string},
  options: Selector,
): {readonly file: string; readonly target?: string} {
  if (first === undefined) return {file: ownRecording(options)};
  if (second !== undefined || isFile(first) || /\/|\.jsonl?$/.test(first))
    return {file: resolve(first), target: second};
  return {file: ownRecording(options), target: first};
}

/** The recording of the chosen monitor, else of the only one with a recording. */
function ownRecording(options: Selector): string {
  const places = stateDirsOf(options);
  const found = places.map(place => join(place, RECORDING_FILE)).filter(isFile);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw new UsageError(
      message`there are several recordings: ${found.map(path => sanitize(path)).join(', ')}; name one, e.g. agent2 backtest ${sanitize(only)}`,
    );
  refuseUnknownName(options, places);
  const named = selectedStateDir(options, places);
  const where = named === undefined ? '' : say` in ${sanitize(named)}`;
  throw new UsageError(
    message`there is no recording${where}; make one: agent2 run http://127.0.0.1:3000/ --record, or name a file: agent2 backtest web.jsonl`,
    EXIT.failed,
  );
}

async function backtest(
  path: string,
  since: number,
  requested: string | undefined,
  change: Change,
): Promise<BacktestReport> {
  const past = createPast(since);
  const known: Record<string, Policy> = {};
  const tally = {runs: 0, checks: 0, damaged: 0};
  // The recorder renames a file that is too large to `.1` and begins a new one.
  const files = [`${path}.1`, path].filter((file, index) => index === 1 || isFile(file));
  for (const file of files) await readRecording(file);
  const history = past.history();
  if (!history) {
    const why =
      tally.runs > 0
        ? say`${sanitize(path)} has no entry since the time of --since`
        : tally.damaged > 0
          ? say`${sanitize(path)} is not a recording`
          : say`${sanitize(path)} is empty`;
    throw new UsageError(
      message`${why}; ${tally.runs > 0 ? message`go further back, e.g. --since 30d` : message`to make a recording: agent2 run http://127.0.0.1:3000/ --record web.jsonl`}`,
      EXIT.failed,
    );
  }
  const names = history.targets.map(({start}) => start.settings.name);
  if (requested !== undefined && !names.includes(requested)) {
    throw new UsageError(
      message`the recording has no target '${sanitize(requested, 63)}'; it has ${names.map(name => sanitize(name, 63)).join(', ')}, e.g. agent2 backtest ${sanitize(basename(path))} ${sanitize(names[0] ?? '', 63)}`,
    );
  }
  const outcome = simulate(history, change, {...known, ...presets});
  return {
    files: files.map(file => sanitize(file)),
    from: history.from,
    to: history.to,
    ...tally,
    targets: history.targets
      .filter(({start}) => requested === undefined || start.settings.name === requested)
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
              message`${sanitize(file)} ${laterText(line)}; run agent2 backtest of that version`,
              EXIT.failed,
            );
        }
      }
    }
  }

  function happen(event: Event): void {
    if (past.apply(event) && event.type === 'observed' && event.at >= since) tally.checks += 1;
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
      message`${sanitize(file)} ${missing ? message`does not exist` : message`cannot be read (${faultOfFile(file, error)})`}; name a recording, e.g. agent2 backtest web.jsonl; to make one: agent2 run http://127.0.0.1:3000/ --record web.jsonl`,
      EXIT.failed,
    );
  }
}

/** The preset as a target shows it: with `*` when a value differs. */
function label(preset: string, overrides: Partial<Policy>): string {
  return Object.keys(overrides).length > 0 ? `${preset}*` : preset;
}
