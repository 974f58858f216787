import {rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {watch} from 'chokidar';
import {readIfThere, writeAtomically} from './atomic-file.ts';

/** How soon a signal is seen. */
const SIGNAL_POLL_MS = 1_000;

/** The file by which AgentOS's agents ask each other for a restart. */
export function signalPath(stateDir: string): string {
  return join(stateDir, 'restart_signal');
}

export interface SignalText {
  readonly timestamp: string;
  readonly reason: string;
  readonly cause: string;
}

/** Throws what the file system says. */
export function writeSignal(path: string, {timestamp, reason, cause}: SignalText): void {
  writeAtomically(path, `${JSON.stringify({timestamp, reason, requested_by: 'agent2', cause}, undefined, 2)}\n`);
}

export function isSignalThere(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false}) !== undefined;
}

/** Deletes the signal. Missing is fine. */
export function removeSignal(path: string): void {
  rmSync(path, {force: true});
}

/** Calls `onSignal` for every signal that somebody else writes, whatever is in it, the one already there included. Returns the way to stop. */
export function watchSignal(path: string, onSignal: () => void): () => Promise<void> {
  // By polling: a watched folder would wake us at every status file and log line of our own, and network file systems tell nothing.
  const watcher = watch(path, {usePolling: true, interval: SIGNAL_POLL_MS});
  const seen = () => {
    if (isSignalThere(path) && !isOurs(path)) onSignal();
  };
  watcher.on('add', seen);
  watcher.on('change', seen);
  return () => watcher.close();
}

/** A signal of our own, left over from a time when we had nobody else's hands but these; or one that is gone already. */
function isOurs(path: string): boolean {
  const text = readIfThere(path);
  return text === undefined || /"requested_by"\s*:\s*"agent2"/.test(text.slice(0, 4096));
}
