import type {Text} from '../../core/model/text.ts';
import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {message} from '../../core/text/message.ts';
import {errorCode, errorText} from '../error-code.ts';
import {withTry} from '../../format/try-text.ts';

/** Why a program could not be started, in words. The system reports a missing working directory like a missing program. */
export function notStarted(error: unknown, command: string, cwd: string | undefined): Text {
  if (isWithoutCwd(cwd)) return message`working directory not found: ${cwd ?? ''}`;
  if (isMissing(error, cwd)) return message`command not found: ${command}`;
  switch (errorCode(error)) {
    case 'EACCES':
      return withTry(
        message`command may not be executed: ${command} (EACCES)`,
        `chmod +x ${command}`,
      );
    default:
      return message`${command} could not be started: ${errorText(error)}`;
  }
}

/** Whether there is no such program. */
export function isMissing(error: unknown, cwd: string | undefined): boolean {
  return (
    (errorCode(error) === 'ENOENT' ||
      (errorCode(error) === 'EACCES' && isNowhere((error as NodeJS.ErrnoException).path))) &&
    !isWithoutCwd(cwd)
  );
}

/** The system also reports EACCES for a missing program when it cannot read a directory of PATH, as in a PATH inherited from another user. */
function isNowhere(command: string | undefined): boolean {
  return (
    command !== undefined &&
    !command.includes('/') &&
    !(process.env.PATH ?? '')
      .split(delimiter)
      .some(directory => existsSync(join(directory, command)))
  );
}

function isWithoutCwd(cwd: string | undefined): boolean {
  return cwd !== undefined && !existsSync(cwd);
}
