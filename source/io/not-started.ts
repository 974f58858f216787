import {existsSync} from 'node:fs';
import {errorCode, errorText} from './error-code.ts';

/** Why a program could not be started, in words. A missing working directory looks like a missing program to the system. */
export function notStarted(error: unknown, command: string, cwd: string | undefined): string {
  if (cwd !== undefined && !existsSync(cwd)) return `working directory not found: ${cwd}`;
  switch (errorCode(error)) {
    case 'ENOENT':
      return `command not found: ${command}`;
    case 'EACCES':
      return `command may not be executed: ${command} (EACCES); try: chmod +x ${command}`;
    default:
      return `${command} could not be started: ${errorText(error)}`;
  }
}
