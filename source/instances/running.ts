import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {errorCode, errorText} from '../io/error-code.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import {selectedStateDir, type Selector} from './selector.ts';

interface Running {
  readonly stateDir: string;
  readonly holder: Holder;
}

/** The monitors that run in those directories, which are those of the selector. Throws a `UsageError` where it is one alone and cannot be read. */
export function runningIn(selector: Selector, stateDirs: readonly string[]): readonly Running[] {
  refuseUnreadable(selector, stateDirs);
  return stateDirs.flatMap(stateDir => {
    const holder = holderIn(stateDir);
    return holder ? [{stateDir, holder}] : [];
  });
}

/** The monitor that runs there. A directory that cannot be read, like another user's private one, names nobody: it must not hide all others. */
export function holderIn(stateDir: string): Holder | undefined {
  try {
    return holderOf(stateDir);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Throws a `UsageError` where the selector leaves one directory, and that cannot be read. */
export function refuseUnreadable(selector: Selector, stateDirs: readonly string[]): void {
  const selected = selectedStateDir(selector, stateDirs);
  if (selected === undefined) return;
  try {
    holderOf(selected);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UsageError(
      message`${sanitize(join(selected, 'agent2.pid'))} cannot be read (${errorText(error)}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
