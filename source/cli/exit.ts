import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {errorText} from '../io/error-code.ts';

/** Prints one line on stderr and ends the process: the message of a `UsageError`, or a request to report the bug. */
export function fail(error: unknown): void {
  const [text, code] =
    error instanceof UsageError ? [error.message, error.exitCode] : [bugText(error), EXIT.failed];
  process.stderr.write(`agent2: ${text}\n`, () => process.exit(code));
}

function bugText(error: unknown): string {
  const trace =
    process.env.AGENT2_DEBUG && error instanceof Error
      ? `\n${error.stack}`
      : say` (AGENT2_DEBUG=1 shows where)`;
  return `${say`a bug, please report it: ${errorText(error)}`}${trace}`;
}
