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
import {readBeginning} from '../files/bounded-file.ts';
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

/**
 * Looks for a signal of another process, whatever its content; call it every second or so: calls `onSignal` once for each.
 * `onProblem` receives the reason when a signal cannot be read, and nothing once it can. A call costs one stat; the folder changes with
 * every status file of agent2, so watching it would cost more than the checks.
 */
export function createSignalReader(
  path: string,
  onSignal: (signal: SignalReading) => void,
  onProblem: (text: Text | undefined) => void,
): () => void {
  let last: string | undefined;
  let failing = false;
  return () => {
    try {
      const key = keyOf(path);
      if (failing) onProblem(undefined);
      failing = false;
      if (key === last) return;
      last = key;
      const text = key === undefined ? undefined : readBeginning(path, 4096);
      const signal = text === undefined ? undefined : readRestartSignal(text);
      if (signal && !signal.isOurs) onSignal(signal);
    } catch (error) {
      failing = true;
      onProblem(errorText(error));
    }
  };
}

/** The version of the present file; undefined without one. */
function keyOf(path: string): string | undefined {
  const stats = lstatSync(path, {throwIfNoEntry: false});
  return stats?.isFile() ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : undefined;
}
