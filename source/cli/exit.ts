import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';

/** Ends the program with one line on stderr: what the user has to settle, or that it is our own fault. */
export function fail(error: unknown): void {
  const text =
    error instanceof UsageError
      ? error.message
      : `${say`a bug, please report it: ${errorText(error)}`}${process.env.AGENT2_DEBUG && error instanceof Error ? `\n${error.stack}` : say` (AGENT2_DEBUG=1 shows where)`}`;
  process.stderr.write(`agent2: ${text}\n`, () =>
    process.exit(error instanceof UsageError ? error.exitCode : EXIT.failed),
  );
}
