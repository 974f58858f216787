import {Command, CommanderError, Option} from 'commander';
import {didYouMean} from '../config/did-you-mean.ts';
import type {TargetOptions} from '../config/target-options.ts';
import {UsageError, type CommandDefinition} from '../contracts/command.ts';
import type {LogEntry} from '../config/log-words.ts';
import {say} from '../core/text/say.ts';
import {formats, levels} from '../documents/log-line.ts';
import {sanitize} from '../format/sanitize.ts';
import {helpLayout} from './language.ts';
import {themeNames} from './themes.ts';

/** What is watched: one target of the command line, or those of a config file. */
export interface WatchedOptions extends TargetOptions {
  readonly config?: string;
}

/** Options of a monitor beside those of its target. */
export interface MonitorOptions extends WatchedOptions {
  readonly stateDir?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
  /** `true` without a file of its own. */
  readonly record?: string | true;
}

export interface ScreenOptions {
  readonly readOnly?: boolean;
  readonly onHangup?: string;
  readonly theme?: string;
  readonly color?: boolean;
  readonly ascii?: boolean;
}

/** Splits `… -- CMD …`; `child` is undefined without a `--`. */
export function splitChild(argv: readonly string[]): {
  readonly own: readonly string[];
  readonly child?: readonly string[];
} {
  const at = argv.indexOf('--');
  // The very same words where there is nothing to split: see `parserOf`.
  return at < 0 ? {own: argv} : {own: argv.slice(0, at), child: argv.slice(at + 1)};
}

/** A parser that neither exits nor prints: what is wrong with the words is a `UsageError`. The `examples` end its help. */
export function parser(name: string, summary: string, examples: readonly string[] = []): Command {
  const command = new Command(name === 'watch' ? 'agent2' : `agent2 ${name}`)
    .description(summary)
    .exitOverride()
    .configureOutput({writeErr: () => {}})
    .configureHelp({
      ...helpLayout(),
      styleTitle: title =>
        title === 'Options:' ? say`Options:` : title === 'Usage:' ? say`Usage:` : title,
    })
    .helpOption('-h, --help', say`show this help`)
    .addOption(languageOption())
    .showSuggestionAfterError(false);
  return examples.length === 0
    ? command
    : command.addHelpText('after', () =>
        [`\n${say`Examples:`}`, ...examples.map(example => `  ${example}`), ''].join('\n'),
      );
}

/** Read before any command reads its words, see `language.ts`. */
function languageOption(): Option {
  return new Option(
    '--lang <LANGUAGE>',
    say`en or zh, which a screen remembers (default: the one remembered, else that of the environment, else en)`,
  );
}

/** What to watch and how to heal it. */
export function addTargetOptions(command: Command): Command {
  return addProbeOptions(command, say`the one last chosen for it while it ran, else test`)
    .option('--interval <TIME>', say`from one check to the next, e.g. 5s`)
    .option('--threshold <N>', say`failed checks in a row that make it down`)
    .option(
      '--restart <CMD>',
      say`what restarts it; split into words as in a shell, run without one`,
    )
    .option(
      '--unit <NAME>',
      say`the systemd unit that restarts it, e.g. web, or user:web for one of your own`,
    )
    .option('--observe', say`probe only, never heal (o turns healing on)`);
}

/** What one check needs; `preset` says what is taken without one. */
export function addProbeOptions(command: Command, preset = 'test'): Command {
  return command
    .option(
      '--config <FILE>',
      say`the config file that names what is watched (default: ./agent2.yaml, if there is one)`,
    )
    .option(
      '--preset <NAME>',
      say`timings and limits: dev, test, prod, high-load, low-latency, unstable-network (default: ${preset})`,
    )
    .option('--timeout <TIME>', say`how long an answer may take`)
    .option('--retries <N>', say`more tries inside one check, a second apart`)
    .option('--slow <TIME>', say`a correct answer slower than this is a warning`)
    .option('--pid-file <FILE>', say`the file that names the process`)
    .option('--name <NAME>', say`what to call it (default: host and port)`)
    .option('--process-name <TEXT>', say`what the command line of the process has to contain`)
    .option('--port <N>', say`the port it listens on (default: that of the url)`)
    .option(
      '--expect <KEY=VALUE>',
      say`a field of the JSON body, by path, and what it has to be; may be repeated`,
      (pair: string, pairs: readonly string[] = []) => [...pairs, pair],
    );
}

export function addMonitorOptions(command: Command): Command {
  return command
    .option('--state-dir <DIR>', say`where status, log and pid file live`)
    .option('--log-level <LEVEL>', say`debug, info, warning or error (default: info)`)
    .option('--log-format <FORMAT>', say`text, or json for one object a line (default: text)`)
    .option(
      '--record [FILE]',
      say`keep what happens for agent2 backtest (default: record.jsonl in the state directory)`,
    );
}

export function addScreenOptions(command: Command): Command {
  return command
    .option('--read-only', say`show a monitor that runs already, with no key that changes anything`)
    .option(
      '--on-hangup <WHAT>',
      say`when the terminal goes away: detach (watch on without a screen) or exit (default: detach in prod, else exit)`,
    )
    .option('--theme <NAME>', say`the colours: ${themeNames().join(', ')}`)
    .option('--no-color', say`no colours (NO_COLOR does the same)`)
    .option('--ascii', say`plain ASCII instead of lines and symbols`);
}

/** The parser that a command makes for its words: what `completion` has to know of it. */
export async function parserOf({run}: CommandDefinition): Promise<Command> {
  try {
    await run(ASK_FOR_PARSER);
  } catch (error) {
    if (error instanceof ParserAsked) return error.command;
    throw error;
  }
  throw new Error('a command that parses no words');
}

/** Words that nobody types, known by their identity. */
const ASK_FOR_PARSER: readonly string[] = ['--help'];

class ParserAsked extends Error {
  constructor(readonly command: Command) {
    super('asked for the parser only');
  }
}

/** What parsing gave: the options and the words between them, or the text of `--help`. */
export type Parsed<Options> =
  | {readonly kind: 'words'; readonly options: Options; readonly words: readonly string[]}
  | {readonly kind: 'help'; readonly text: string};

/** Parses the words after a command's name; at most `most` of them may be no options, `wanted` says which. Throws a `UsageError`. */
export function parse<Options>(
  command: Command,
  argv: readonly string[],
  most: number,
  wanted?: string,
): Parsed<Options> {
  if (argv === ASK_FOR_PARSER) throw new ParserAsked(command);
  if (argv.includes('--help') || argv.includes('-h'))
    return {kind: 'help', text: helpText(command)};
  try {
    command.argument('[words...]').parse([...argv], {from: 'user'});
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageError(explained(command, error, argv));
    throw error;
  }
  const extra = command.args[most];
  if (extra !== undefined) {
    if (wanted !== undefined)
      throw new UsageError(say`'${sanitize(extra, 80)}' is one word too many; ${wanted}`);
    throw new UsageError(
      say`'${sanitize(extra, 80)}' is one word too many; ${most === 0 ? say`no words are` : say`one url is`} wanted. A command to run stands behind --, e.g. agent2 http://127.0.0.1:3000/ -- node server.js`,
    );
  }
  return {kind: 'words', options: command.opts() as Options, words: command.args};
}

function helpText(command: Command): string {
  let text = '';
  command.configureOutput({writeOut: part => (text += part), writeErr: () => {}});
  command.outputHelp();
  return text;
}

/** Commander's message without its prefix, and the nearest option where one was misspelt. */
function explained(command: Command, error: CommanderError, argv: readonly string[]): string {
  const known = command.options.flatMap(option => (option.long ? [option.long] : []));
  const message = messageOf(error);
  const wrong =
    error.code === 'commander.unknownOption'
      ? argv.find(word => word.startsWith('-') && !known.includes(word.split('=')[0] ?? ''))
      : undefined;
  const suggestion = wrong === undefined ? '' : didYouMean(wrong.split('=')[0] ?? '', known);
  return say`${message}${suggestion}; all options: ${command.name()} --help`;
}

/** In the language that is spoken; commander quotes first what it is about. */
function messageOf({code, message}: CommanderError): string {
  const about = sanitize(/'(.*?)'/s.exec(message)?.[1] ?? '', 200);
  if (code === 'commander.unknownOption') return say`unknown option '${about}'`;
  if (code === 'commander.optionMissingArgument') return say`option '${about}' argument missing`;
  return sanitize(message.replace(/^error: /, ''), 200);
}

/** What the options say of the log: it goes before what a config file says. Throws a `UsageError`. */
export function logFrom({
  logLevel,
  logFormat,
}: Pick<MonitorOptions, 'logLevel' | 'logFormat'>): LogEntry {
  return {
    ...(logLevel === undefined ? {} : {level: wordFrom('--log-level', logLevel, levels, 'debug')}),
    ...(logFormat === undefined
      ? {}
      : {format: wordFrom('--log-format', logFormat, formats, 'json')}),
  };
}

/** One of a few words, in whatever case. Throws a `UsageError`. */
export function wordFrom<Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
  example: Word,
): Word {
  const word = words.find(known => known === text.toLowerCase());
  if (word) return word;
  throw new UsageError(
    say`${option} '${sanitize(text, 40)}' is not allowed; wanted is one of ${words.join(', ')}, e.g. ${option} ${example}${suggested(option, text, words)}`,
  );
}

function suggested(option: string, text: string, words: readonly string[]): string {
  const begun =
    text.length >= 2 ? words.find(word => word.startsWith(text.toLowerCase())) : undefined;
  return begun === undefined
    ? didYouMean(text, words, `${option} `)
    : didYouMean(begun, words, `${option} `);
}
