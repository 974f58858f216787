import {existsSync} from 'node:fs';
import {say} from '../core/say.ts';
import {errorCode, errorText} from './error-code.ts';

/** Why a program could not be started, in words. A missing working directory looks like a missing program to the system. */
export function notStarted(error: unknown, command: string, cwd: string | undefined): string {
  if (isWithoutCwd(cwd)) return say`working directory not found: ${cwd ?? ''}`;
  switch (errorCode(error)) {
    case 'ENOENT':
      return say`command not found: ${command}`;
    case 'EACCES':
      return say`command may not be executed: ${command} (EACCES); try: chmod +x ${command}`;
    default:
      return say`${command} could not be started: ${errorText(error)}`;
  }
}

/** Whether there is no such program. */
export function isMissing(error: unknown, cwd: string | undefined): boolean {
  return errorCode(error) === 'ENOENT' && !isWithoutCwd(cwd);
}

function isWithoutCwd(cwd: string | undefined): boolean {
  return cwd !== undefined && !existsSync(cwd);
}
