import {join} from 'node:path';
import {EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {sanitize} from '../format/sanitize.ts';
import {faultOfFile} from '../io/files/file-error.ts';
import {errorCode} from '../io/error-code.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import {selectedStateDir, type Selector} from './selector.ts';

interface Running {
  readonly stateDir: string;
  readonly holder: Holder;
}

/** The running monitors of `stateDirs`, which are those of the selector. Throws a `UsageError` when the selector names one directory and it cannot be read. */
export function runningIn(selector: Selector, stateDirs: readonly string[]): readonly Running[] {
  refuseUnreadable(selector, stateDirs);
  return stateDirs.flatMap(stateDir => {
    const holder = holderIn(stateDir);
    return holder ? [{stateDir, holder}] : [];
  });
}

/** The monitor that runs in a directory. Undefined for one that cannot be read, such as another user's: it must not hide the others. */
export function holderIn(stateDir: string): Holder | undefined {
  try {
    return holderOf(stateDir);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Throws a `UsageError` when the selector names one directory and it cannot be read. */
export function refuseUnreadable(selector: Selector, stateDirs: readonly string[]): void {
  const selected = selectedStateDir(selector, stateDirs);
  if (selected === undefined) return;
  try {
    holderOf(selected);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new UsageError(
      message`${sanitize(join(selected, 'agent2.pid'))} cannot be read (${faultOfFile(selected, error)}); correct it or choose another place: --state-dir DIR`,
      EXIT.failed,
    );
  }
}
