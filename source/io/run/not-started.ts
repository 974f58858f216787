import type {Text} from '../../core/model/text.ts';
import {existsSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';
import {message} from '../../core/text/message.ts';
import {accessFacts, findProgram, missingInterpreter} from '../files/access-facts.ts';
import {errorCode} from '../error-code.ts';
import {faultOfFile} from '../files/file-error.ts';
import {sanitize} from '../../format/sanitize.ts';
import {withTry} from '../../format/try-text.ts';

/** Why a program could not be started, in words. The system reports a missing working directory like a missing program. */
export function notStarted(error: unknown, command: string, cwd: string | undefined): Text {
  if (isWithoutCwd(cwd)) return message`working directory not found: ${cwd ?? ''}`;
  if (isMissing(error, cwd)) {
    const interpreter = scriptWithout(command, cwd);
    return interpreter === undefined
      ? message`command not found: ${command}`
      : message`${command} needs ${interpreter}, which is not there`;
  }
  if (isDirectory(command, cwd)) return message`command is a directory: ${command}`;
  switch (errorCode(error)) {
    case 'EACCES':
      return withTry(
        message`command may not be executed: ${command} (EACCES)`,
        `chmod +x ${command}`,
      );
    default:
      return message`${sanitize(command, 200)} could not be started: ${reasonOf(error, command)}`;
  }
}

function reasonOf(error: unknown, command: string): Text {
  const code = errorCode(error) ?? '';
  switch (code) {
    case 'E2BIG':
      return message`its words or its environment are too long (${code})`;
    case 'EAGAIN':
      return message`this user may have no more processes (${code})`;
    case 'ENOMEM':
      return message`the machine has no memory left for it (${code})`;
    case 'ERR_INVALID_ARG_VALUE':
      return message`its words or its environment hold a NUL`;
    default:
      return faultOfFile(command, error);
  }
}

/** The system reports a missing interpreter like a missing program. */
function scriptWithout(command: string, cwd = process.cwd()): string | undefined {
  const found = findProgram(command, {cwd, path: process.env.PATH});
  return found.kind === 'missing' ? undefined : missingInterpreter(found.path);
}

function isDirectory(command: string, cwd = process.cwd()): boolean {
  if (!command.includes('/')) return false;
  const facts = accessFacts(resolve(cwd, command));
  return facts.kind === 'there' && facts.directory;
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
