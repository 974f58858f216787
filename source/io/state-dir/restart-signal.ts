import type {Text} from '../../core/model/text.ts';
import {lstatSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {
  readRestartSignal,
  restartSignalText,
  type RestartSignal,
  type SignalReading,
} from '../../documents/restart-signal.ts';
import {writeAtomically} from '../files/atomic-file.ts';
import {readBounded} from '../files/bounded-file.ts';
import {errorText} from '../error-code.ts';

/** The file by which AgentOS's agents request restarts from each other. */
export function signalPath(stateDir: string): string {
  return join(stateDir, 'restart_signal');
}

/** Throws errors of the file system. */
export function writeSignal(path: string, signal: RestartSignal): void {
  writeAtomically(path, restartSignalText(signal));
}

export function isSignalThere(path: string): boolean {
  return keyOf(path) !== undefined;
}

/** Deletes the signal, if any. Throws errors of the file system. */
export function removeSignal(path: string): void {
  rmSync(path, {force: true});
}

/** A signal is a few lines; what is larger was not written as one. */
const MOST_BYTES = 65_536;

/**
 * Looks for a signal of another process, whatever its content; call it every second or so: calls `onSignal` once for each, with the reason where it could not
 * be read. What that returns is a problem for as long as the file is there. `onProblem` receives the problem, and nothing once it is over. A call costs one
 * stat; the folder changes with every status file of agent2, so watching it would cost more than the checks.
 */
export function createSignalReader(
  path: string,
  onSignal: (signal: SignalReading, unread?: Text) => Text | undefined,
  onProblem: (text: Text | undefined) => void,
): () => void {
  let last: string | undefined;
  let failing = false;
  const report = (problem: Text | undefined): void => {
    if (problem !== undefined || failing) onProblem(problem);
    failing = problem !== undefined;
  };
  return () => {
    try {
      const key = keyOf(path);
      if (key === last) return;
      last = key;
      report(key === undefined ? undefined : taken());
    } catch (error) {
      last = undefined;
      report(errorText(error));
    }
  };

  function taken(): Text | undefined {
    const file = readBounded(path, MOST_BYTES);
    if (file.kind === 'missing') return undefined;
    if (file.kind === 'refused') return onSignal({isOurs: false}, file.reason);
    const signal = readRestartSignal(file.bytes.toString('utf8'));
    return signal.isOurs ? undefined : onSignal(signal);
  }
}

/** The version of the present file; undefined without one. */
function keyOf(path: string): string | undefined {
  const stats = lstatSync(path, {throwIfNoEntry: false});
  return stats?.isFile() ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : undefined;
}
