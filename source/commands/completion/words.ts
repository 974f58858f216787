/** The completions of one command, for the script of any shell. */
export interface CompletionCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  /** The choices for its first word, its second, and so on; empty for a free text. */
  readonly words: ReadonlyArray<readonly string[]>;
  /** One of its words may be the name of a target. */
  readonly targets: boolean;
}

export interface CompletionOption {
  /** With dashes: `--preset`, and `-f` if there is a short one. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly value: CompletionValue;
}

export type CompletionValue =
  | {readonly kind: 'none' | 'free' | 'time' | 'file' | 'directory' | 'target'}
  | {readonly kind: 'one of'; readonly words: readonly string[]};

/** The command without a name: `agent2 URL`. */
export const DEFAULT_COMMAND = 'watch';

/** The units after the number of a duration. */
export const TIME_UNITS = ['ms', 's', 'm', 'h', 'd'] as const;

/** Prints the names of all targets that are watched now, a line each. */
export const TARGETS_COMMAND = 'agent2 completion targets 2>/dev/null';

/** A text in single quotes, for bash and zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
