/** A command: one file in `commands/`, named like its word. All texts are functions, since the language is chosen before they are asked for. */
export interface CommandDefinition<
  Words extends WordRows = WordRows,
  Options extends OptionRows = OptionRows,
> {
  /** Under which heading of `agent2 --help` it is listed. */
  readonly group: CommandGroup;
  /** One clause that begins with a verb: what the command does. */
  summary(): string;
  /** What may be given beside options, in this order. */
  readonly words: Words;
  /** `-- CMD …` may follow. */
  readonly takesChild?: true;
  readonly options: Options;
  /** Paragraphs of the help that are about neither a word nor an option. */
  notes?(): readonly string[];
  /** Lines as one types them. A test runs each. */
  readonly examples: readonly string[];
  /** It works through much at once and ends, so it is better off with speed than with little memory. */
  readonly hurried?: true;
  /** Resolves to the exit code. Throws a `UsageError` for what the user has to correct. */
  run(call: Call<Words, Options>): Promise<number>;
}

/** What was typed after the name of a command, parsed, and where its results and messages go. */
export interface Call<Words extends WordRows = WordRows, Options extends OptionRows = OptionRows> {
  readonly words: WordsOf<Words>;
  readonly options: OptionsOf<Options>;
  /** The options as typed, to be handed on to another process or repeated in a message. */
  readonly given: GivenOf<Options>;
  /** What follows `--`; undefined without it. */
  readonly child: readonly string[] | undefined;
  /** All of it as typed. */
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
  /** How the usage calls it, where that is not its name. */
  readonly called?: string;
  readonly required?: true;
  /** The words that are allowed, and what each means. */
  readonly choices?: Readonly<Record<string, (() => string) | undefined>>;
  readonly completion?: Completion;
}

/** By name: `pidFile` is typed `--pid-file`. */
export type OptionRows = Readonly<Record<string, OptionRow>>;

export type OptionRow = FlagRow | ValueRow;

interface Described {
  help(): string;
  /** `f`, where it is also typed `-f`. */
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
  /** The value may be left out. */
  readonly optional?: true;
}

/** What a value may be. */
export interface ValueKind<T = unknown> {
  /** How help calls it: `TIME`, `FILE`. */
  readonly called: string;
  readonly completion: Completion;
  /** Undefined for a text that is not allowed. */
  parse(text: string): T | undefined;
  /** What is allowed, as a clause. */
  wanted(): string;
  /** What is wrong with a text, as a clause with the text as its subject, where that says more than `wanted`. */
  complain?(text: string): string;
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

/** The texts of a value, once for each time it was typed; `true` for an option without a value. */
export type Given = true | readonly string[];

/** Infers what `run` is called with from the tables beside it. */
export function defineCommand<const Words extends WordRows, const Options extends OptionRows>(
  definition: CommandDefinition<Words, Options>,
): CommandDefinition<Words, Options> {
  return definition;
}

/** The user's to fix: `message` says what was given, what is allowed and what to type instead. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}

export const EXIT = {done: 0, failed: 1, usage: 64, interrupted: 130} as const;
