import type {Text} from '../core/model/text.ts';
import {Command, CommanderError, Option} from 'commander';
import {didYouMean} from '../config/did-you-mean.ts';
import {oneOf} from '../config/options/values.ts';
import {
  UsageError,
  type Call,
  type CommandDefinition,
  type Given,
  type OptionRow,
  type OptionRows,
  type ValueRow,
  type WordRow,
  type WordRows,
} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {flagOf, shownFlag} from './flags.ts';
import {languages} from './language.ts';
import {message, joined} from '../core/text/message.ts';

/** The parsed words and options after the name of a command. */
export type Parsed<Words extends WordRows, Options extends OptionRows> = Pick<
  Call<Words, Options>,
  'words' | 'options' | 'given' | 'child' | 'argv'
>;

/** The words and options that a command defines. */
export type Syntax<
  Words extends WordRows = WordRows,
  Options extends OptionRows = OptionRows,
> = Pick<CommandDefinition<Words, Options>, 'words' | 'options' | 'takesChild' | 'examples'>;

/** An option of every command, read before all others: see `language.ts`. */
export const languageOption: OptionRow = {
  value: oneOf('LANGUAGE', languages, 'zh'),
  help: () =>
    say`en or zh; the screen remembers it (default: the remembered one, else the environment's)`,
};

/** Whether `--help` is among the words before any `--`, and not in the place of a value. */
export function asksForHelp(argv: readonly string[], {options}: Pick<Syntax, 'options'>): boolean {
  const {own} = splitChild(argv);
  return own.some(
    (word, index) =>
      (word === '--help' || word === '-h') && !needsValue(own[index - 1] ?? '', options),
  );
}

/** Whether the word is an option whose value is the next word. */
function needsValue(word: string, options: OptionRows): boolean {
  return Object.entries(withLanguage(options)).some(
    ([name, row]) =>
      row.value !== undefined &&
      !row.optional &&
      (word === flagOf(name, row) || (row.short !== undefined && word === `-${row.short}`)),
  );
}

/** An option in the place of a value is a forgotten value. A value that looks like one is given as `--option=--value`. */
function refuseMissingValue(name: string, own: readonly string[], options: OptionRows): void {
  own.forEach((word, index) => {
    const next = own[index + 1];
    if (next === undefined || !/^--?[a-z]/i.test(next) || !needsValue(word, options)) return;
    // The option before it took this word.
    if (needsValue(own[index - 1] ?? '', options)) return;
    throw new UsageError(
      message`option '${word}' needs a value, but '${sanitize(next, 40)}' follows; for that very text: ${word}=${sanitize(next, 40)}; all options: ${typedName(name)} --help`,
    );
  });
}

/** Parses the words after the name of a command; `lenient` skips unknown options, such as those of another version. Throws a `UsageError`. */
export function parse<Words extends WordRows, Options extends OptionRows>(
  name: string,
  syntax: Syntax<Words, Options>,
  argv: readonly string[],
  {lenient = false} = {},
): Parsed<Words, Options> {
  const {own, child} = splitChild(argv);
  if (child !== undefined && !syntax.takesChild)
    throw new UsageError(
      message`${name} does not start a command; leave out -- and what follows, e.g. ${syntax.examples[0] ?? `agent2 ${name}`}`,
    );
  refuseUnusable(argv);
  refuseMissingValue(name, own, syntax.options);
  const given: Record<string, Given> = {};
  const command = commandOf(name, syntax, given).allowUnknownOption(lenient);
  try {
    command.parse([...own], {from: 'user'});
  } catch (error) {
    if (error instanceof CommanderError) throw new UsageError(explained(command, error, own));
    throw error;
  }
  const options: Readonly<Record<string, unknown>> = command.opts();
  // Commander reports nothing for an omitted optional value.
  for (const [option, row] of Object.entries(syntax.options))
    if (row.value && row.optional && options[option] === true) given[option] = true;
  // The casts are safe, because the parser is made from the same tables.
  return {
    words: wordsOf(name, syntax, command.args),
    options,
    given,
    child,
    argv,
  } as unknown as Parsed<Words, Options>;
}

/** No program can get such a word from the system, but another program may call this one. */
function refuseUnusable(argv: readonly string[]): void {
  const nul = argv.find(word => word.includes('\0'));
  if (nul !== undefined)
    throw new UsageError(message`'${sanitize(nul, 40)}' has a NUL character; remove it`);
}

/** Splits `… -- CMD …`; `child` is undefined without a `--`. */
function splitChild(argv: readonly string[]): {
  readonly own: readonly string[];
  readonly child?: readonly string[];
} {
  const at = argv.indexOf('--');
  return at < 0 ? {own: argv} : {own: argv.slice(0, at), child: argv.slice(at + 1)};
}

/** A commander command that neither exits nor prints. It collects the typed value of each option in `given`. */
function commandOf(name: string, syntax: Syntax, given: Record<string, Given>): Command {
  const command = new Command(typedName(name))
    .exitOverride()
    .configureOutput({writeErr: () => {}})
    .helpOption(false)
    .showSuggestionAfterError(false)
    .allowExcessArguments();
  for (const [option, row] of Object.entries(withLanguage(syntax.options)))
    command.addOption(optionOf(option, row, given));
  return command;
}

/** The command as typed: `agent2 status`; `watch` is `agent2` alone. */
export function typedName(name: string): string {
  return name === 'watch' ? 'agent2' : `agent2 ${name}`;
}

export function withLanguage(options: OptionRows): OptionRows {
  return {...options, lang: languageOption};
}

function optionOf(name: string, row: OptionRow, given: Record<string, Given>): Option {
  const option = new Option(shownFlag(name, row), row.help());
  if (row.value === undefined)
    return option.argParser(() => {
      given[name] = true;
      return !(row.negated ?? false);
    });
  return option.argParser<unknown>((text, before) => {
    const texts = given[name];
    given[name] = row.many && texts !== undefined && texts !== true ? [...texts, text] : [text];
    const value = valueFrom(flagOf(name), row.value, text);
    return row.many ? [...((before as readonly unknown[] | undefined) ?? []), value] : value;
  });
}

function valueFrom(flag: string, kind: ValueRow['value'], text: string): unknown {
  const value = kind.parse(text);
  if (value !== undefined) return value;
  if (kind.complain) throw new UsageError(joined([flag, kind.complain(text)], ' '));
  throw new UsageError(
    message`${flag} '${sanitize(text, 80)}' is not valid; ${kind.expected()}, e.g. ${flag} ${kind.example}${suggestion(flag, kind, text)}`,
  );
}

/** Suggests a near word, and the whole word for its beginning. */
function suggestion(flag: string, {completion}: ValueRow['value'], text: string): Text {
  if (typeof completion === 'string') return '';
  const words = completion.oneOf();
  const begun =
    text.length >= 2 ? words.find(word => word.startsWith(text.toLowerCase())) : undefined;
  return didYouMean(begun ?? text, words, `${flag} `);
}

function wordsOf(
  name: string,
  {words, examples}: Syntax,
  typed: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const rows = Object.entries(words);
  const example = examples[0] ?? typedName(name);
  const extra = typed[rows.length];
  if (extra !== undefined) {
    const taken =
      rows.length === 0
        ? say`options only`
        : rows.map(([word, row]) => shownWord(word, row)).join(' ');
    throw new UsageError(
      message`unexpected argument '${sanitize(extra, 80)}'; ${name} takes ${taken}, e.g. ${example}`,
    );
  }
  return Object.fromEntries(
    rows.map(([word, row], index) => {
      const before = [name, ...typed.slice(0, index)].join(' ');
      return [word, wordFrom(before, shownWord(word, row), row, typed[index], example)];
    }),
  );
}

/** `before` is the typed command line up to this word, without `agent2`. */
function wordFrom(
  before: string,
  shown: string,
  {choices, completion, required}: WordRow,
  text: string | undefined,
  example: string,
): string | undefined {
  const allowed = choices && Object.keys(choices);
  const known = allowed ?? (typeof completion === 'object' ? completion.oneOf() : [shown]);
  if (text === undefined && required)
    throw new UsageError(message`${before} needs one of ${known.join(', ')}; e.g. ${example}`);
  if (text !== undefined && allowed && !allowed.includes(text))
    throw new UsageError(
      message`${before} has no '${sanitize(text, 40)}'; allowed: ${allowed.join(', ')}${didYouMean(text, allowed, `agent2 ${before} `)}`,
    );
  return text;
}

/** A word in the usage line: `[url]`, `crash|hang`, `KIND`. */
export function shownWord(name: string, {called, choices, required}: WordRow): string {
  const text = called ?? (choices ? Object.keys(choices).join('|') : name);
  return required ? text : `[${text}]`;
}

/**
 * Commander's message in the language of this process, with the nearest option for a misspelt one. The first quotation in such a message is
 * its subject.
 */
function explained(
  command: Command,
  {code, message}: CommanderError,
  argv: readonly string[],
): string {
  const about = sanitize(/'(.*?)'/s.exec(message)?.[1] ?? '', 200);
  const all = say`all options: ${command.name()} --help`;
  if (code === 'commander.optionMissingArgument')
    return say`option '${about}' needs a value; ${all}`;
  if (code !== 'commander.unknownOption')
    return `${sanitize(message.replace(/^error: /, ''), 200)}; ${all}`;
  const known = command.options.flatMap(option => (option.long ? [option.long] : []));
  const [wrong = ''] =
    argv
      .find(word => word.startsWith('-') && !known.includes(word.split('=')[0] ?? ''))
      ?.split('=') ?? [];
  return say`unknown option '${about}'${didYouMean(wrong, known)}; ${all}`;
}
