import type {Text} from '../core/model/text.ts';
import {TextError} from '../core/text/text-error.ts';

/** A command: one file in `commands/`, or `commands/NAME/command.ts`, named like its word. All texts are functions, since the language is chosen before their use. */
export interface CommandDefinition<
  Words extends WordRows = WordRows,
  Options extends OptionRows = OptionRows,
> {
  /** Its heading in `agent2 --help`. */
  readonly group: CommandGroup;
  /** One clause that begins with a verb: the action of the command. */
  summary(): string;
  /** The positional arguments, in this order. */
  readonly words: Words;
  /** `-- CMD …` may follow. */
  readonly takesChild?: true;
  readonly options: Options;
  /** Paragraphs of the help about neither an argument nor an option. */
  notes?(): readonly string[];
  /** Example command lines. A test runs each. */
  readonly examples: readonly string[];
  /** It does much work at once and ends: it runs with V8 flags for speed instead of memory. */
  readonly prefersSpeed?: true;
  /** Resolves to the exit code. Throws a `UsageError` for a mistake of the user. */
  run(call: Call<Words, Options>): Promise<number>;
}

/** The parsed words after the name of a command, and the outputs for its results and messages. */
export interface Call<Words extends WordRows = WordRows, Options extends OptionRows = OptionRows> {
  readonly words: WordsOf<Words>;
  readonly options: OptionsOf<Options>;
  /** The options as typed, for another process or a message. */
  readonly given: GivenOf<Options>;
  /** The words after `--`; undefined without it. */
  readonly child: readonly string[] | undefined;
  /** All words as typed. */
  readonly argv: readonly string[];
  readonly out: Output;
  readonly err: Output;
}

export type Output = NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number};

export const commandGroups = ['watch', 'ask', 'examine', 'setup'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** By name, in the order of the command line. */
export type WordRows = Readonly<Record<string, WordRow>>;

export interface WordRow {
  /** Its name in the usage, if different. */
  readonly called?: string;
  readonly required?: true;
  /** The allowed words with their meanings. */
  readonly choices?: Readonly<Record<string, (() => string) | undefined>>;
  readonly completion?: Completion;
}

/** By name: `pidFile` is typed `--pid-file`. */
export type OptionRows = Readonly<Record<string, OptionRow>>;

export type OptionRow = FlagRow | ValueRow;

interface Described {
  help(): string;
  /** `f` for the short form `-f`, if any. */
  readonly short?: string;
}

interface FlagRow extends Described {
  readonly value?: undefined;
  /** It is typed `--no-color`, and is true without. */
  readonly negated?: true;
}

export interface ValueRow<T = unknown> extends Described {
  readonly value: ValueKind<T>;
  /** It may be repeated. */
  readonly many?: true;
  /** The value is optional. */
  readonly optional?: true;
}

/** The allowed values. */
export interface ValueKind<T = unknown> {
  /** Its name in the help: `TIME`, `FILE`. */
  readonly called: string;
  readonly completion: Completion;
  /** Undefined for an invalid text. */
  parse(text: string): T | undefined;
  /** The allowed values, as a clause. */
  expected(): Text;
  /** The fault of a text, as a clause with the text as its subject, where that says more than `expected`. */
  complain?(text: string): Text;
  readonly example: string;
}

export type Completion =
  'nothing' | 'time' | 'file' | 'directory' | 'target' | {readonly oneOf: () => readonly string[]};

type WordsOf<Rows extends WordRows> = {
  readonly [Name in keyof Rows]:
    | (Rows[Name] extends {readonly choices: infer Choices} ? keyof Choices & string : string)
    | (Rows[Name] extends {readonly required: true} ? never : undefined);
};

export type OptionsOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows]?: OptionValue<Rows[Name]>;
};

type OptionValue<Row> = Row extends {readonly value: ValueKind<infer T>}
  ? Row extends {readonly many: true}
    ? readonly T[]
    : Row extends {readonly optional: true}
      ? T | true
      : T
  : boolean;

export type GivenOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows]?: Rows[Name] extends {readonly value: ValueKind}
    ? Rows[Name] extends {readonly optional: true}
      ? Given
      : readonly string[]
    : true;
};

/** The texts of a value, one for each use; `true` for an option without a value. */
export type Given = true | readonly string[];

/** Infers the argument of `run` from the tables in the definition. */
export function defineCommand<const Words extends WordRows, const Options extends OptionRows>(
  definition: CommandDefinition<Words, Options>,
): CommandDefinition<Words, Options> {
  return definition;
}

/** The user's mistake: `message` names the given value, the allowed ones and a correction. */
export class UsageError extends TextError {
  constructor(
    text: Text,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(text);
  }
}

/** Exit codes; 64 and 130 are those of `sysexits.h` and of a shell after SIGINT. */
export const EXIT = {done: 0, failed: 1, usage: 64, interrupted: 130} as const;
