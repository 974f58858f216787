import {endProcess} from './end-process.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {FileError, fileError} from '../io/files/file-error.ts';
import {errorCode, errorText} from '../io/error-code.ts';

/**
 * Prints one line on stderr and ends the process: the message of a `UsageError`, what the system refused, or a request to report
 * the bug.
 */
export function fail(error: unknown): void {
  const code = error instanceof UsageError ? error.exitCode : EXIT.failed;
  process.stderr.write(`agent2: ${failureText(error)}\n`, () => void endProcess(code));
}

/** Why the program cannot go on, in one line. */
export function failureText(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const {path} = error as {readonly path?: unknown};
  const refused = typeof path === 'string' ? fileError(path, error) : error;
  if (refused instanceof FileError)
    return `${say`${refused.text}; try: ls -ld ${refused.path}`}${trace(error)}`;
  return isOfSystem(error)
    ? `${say`the system refuses: ${errorText(error)}`}${trace(error)}`
    : `${say`a bug, please report it: ${errorText(error)}`}${trace(error) || say` (AGENT2_DEBUG=1 shows where)`}`;
}

/** Such an error tells of the machine, of which no line of the program is the reason. */
function isOfSystem(error: unknown): boolean {
  return (
    /^E[A-Z0-9]+$/.test(errorCode(error) ?? '') &&
    typeof (error as NodeJS.ErrnoException).syscall === 'string'
  );
}

function trace(error: unknown): string {
  return process.env.AGENT2_DEBUG && error instanceof Error ? `\n${error.stack}` : '';
}
