/** What can be typed, as the completion of a shell needs it. */
export interface CompletionCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  /** What its first word may be, its second, and so on, as far as that is not free. */
  readonly words: ReadonlyArray<readonly string[]>;
  /** A target's name may stand among its words. */
  readonly targets: boolean;
}

export interface CompletionOption {
  /** With its dashes: `--preset`, and `-f` where there is a short one. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly value: CompletionValue;
}

export type CompletionValue =
  | {readonly kind: 'none' | 'free' | 'time' | 'file' | 'directory' | 'target'}
  | {readonly kind: 'one of'; readonly words: readonly string[]};

/** The command that is meant where none is named. */
export const DEFAULT_COMMAND = 'watch';

/** What a number may be followed by to be a time. */
export const TIME_UNITS = ['ms', 's', 'm', 'h', 'd'] as const;

/** What prints the names of all targets that are watched now, a line each. */
export const TARGETS_COMMAND = 'agent2 completion targets 2>/dev/null';

/** Safe between single quotes of any of the shells. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
