/** One subcommand: a file in `commands/`, named like its word. */
export interface CommandDefinition {
  /** What stands behind the word in `--help`, e.g. `[url] [options] [-- CMD …]`. */
  readonly usage: string;
  readonly summary: string;
  /** Runs it with the words after its name and resolves to the exit code. Throws a `UsageError` for wrong words. */
  run(argv: readonly string[]): Promise<number>;
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
