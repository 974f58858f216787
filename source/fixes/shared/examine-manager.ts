import type {ProgramAnswer, Remark} from '../../contracts/examination.ts';
import {say} from '../../core/text/say.ts';
import {sanitize} from '../../format/sanitize.ts';

/** What was asked of a process manager for the doctor. */
export interface Asked {
  /** The program that asked it. */
  readonly program: string;
  /** The name of the service there. */
  readonly name: string;
  /** Whether the answer shows the service; by default it does when nothing was wrong with it. */
  readonly shown?: boolean;
  /** The fix in words. */
  readonly action: string;
  /** The command that lists what the manager knows. */
  readonly list: string;
  /** The command that shows why the manager refuses this user, or does not answer. */
  readonly look: string;
}

/** Judges the answer of a manager: whether it is there, lets this user ask, and knows the service. */
export function remarkOf(answer: ProgramAnswer, asked: Asked): Remark {
  const {program, name, action, list, look} = asked;
  if (answer.kind === 'missing')
    return {
      id: 'fix_command_missing',
      level: 'fail',
      seen: say`${program}, which the fix runs, does not exist`,
      next: `command -v ${program}`,
    };
  if (answer.kind === 'late')
    return {
      id: 'fix_manager_late',
      level: 'warn',
      seen: say`${program} does not answer`,
      next: look,
    };
  const lines = `${answer.complaint}\n${answer.output}`.split('\n');
  const line = (pattern: RegExp) => {
    const found = lines.find(text => pattern.test(text));
    return found === undefined ? undefined : sanitize(found.trim(), 120);
  };
  const denied = line(DENIED);
  if (denied !== undefined)
    return {
      id: 'fix_not_permitted',
      level: 'fail',
      seen: say`this user may not ask ${program}: ${denied}`,
      next: look,
    };
  if (line(UNKNOWN) !== undefined)
    return {
      id: 'fix_unknown_to_manager',
      level: 'fail',
      seen: say`${program} does not know ${name}`,
      next: list,
    };
  const absent = line(ABSENT);
  if (absent !== undefined)
    return {
      id: 'fix_manager_down',
      level: 'fail',
      seen: say`what ${program} asks does not answer: ${absent}`,
      next: look,
    };
  return asked.shown === false
    ? {
        id: 'fix_unknown_to_manager',
        level: 'fail',
        seen: say`${program} does not know ${name}`,
        next: list,
      }
    : {id: 'fix', level: 'ok', seen: action};
}

const DENIED = /permission denied|PermissionError|EACCES|requires authentication/i;
const UNKNOWN = /no such (?:process|group|object|container)|no container with name/i;
const ABSENT =
  /no such file|refused connection|connection refused|cannot connect|error during connect/i;
