import {homedir} from 'node:os';
import {chooseStateDir, type Watched} from '../../config/state-dir.ts';
import type {TargetSpec} from '../../config/spec.ts';
import {EXIT, UsageError} from '../../contracts/command.ts';
import {say} from '../../core/say.ts';
import {sanitize} from '../../format/sanitize.ts';
import {errorText} from '../../io/error-code.ts';
import {takeLock, type Lock} from '../../io/monitor-lock.ts';
import {prepareStateDir} from '../../io/state-dir.ts';

/** A state directory that is ours until released. Throws a `UsageError` where it cannot be: no parent, not writable, held by another monitor. */
export function claimStateDir(option: string | undefined, targets: readonly TargetSpec[], watched: Watched): {readonly stateDir: string; release(): void} {
  const choice = chooseStateDir(option, watched, process.env, homedir());
  const what = choice.chosenBy ? `${choice.chosenBy} ${choice.path}` : say`the state directory ${choice.path}`;
  const prepared = prepareStateDir(choice.path, choice.chosenBy === undefined);
  if (prepared.kind === 'no-parent') throw new UsageError(say`${what}: ${prepared.text}; create it: mkdir -p ${prepared.path}`);
  if (prepared.kind !== 'ready') throw new UsageError(say`${what}: ${prepared.text}; choose another: --state-dir DIR`, EXIT.failed);
  const lock = lockOf(choice.path, what, targets);
  if (lock.kind === 'taken') return {stateDir: choice.path, release: lock.release};
  const {pid, targets: theirs} = lock.by;
  const watching = theirs.length > 0 ? say` (watching ${theirs.map(name => sanitize(name, 63)).join(', ')})` : '';
  throw new UsageError(say`another agent2, pid ${pid}${watching}, has ${choice.path} already; use that one, stop it with: kill ${pid}, or give this one a place of its own: --state-dir DIR`, EXIT.failed);
}

function lockOf(path: string, what: string, watched: readonly TargetSpec[]): Lock {
  try {
    return takeLock(path, watched.map(({name}) => name));
  } catch (error) {
    throw new UsageError(say`${what}: it cannot be written (${errorText(error)}); choose another: --state-dir DIR`, EXIT.failed);
  }
}
