import {join} from 'node:path';
import {version} from 'agent2:version';
import {adoptFingerprintKey, fingerprintKey} from '../config/fingerprint.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {handoverText, readHandover} from '../documents/hand-over.ts';
import {resumedFrom} from '../core/hand-over.ts';
import type {TargetStart} from '../core/model/event.ts';
import {message} from '../core/text/message.ts';
import type {State} from '../core/model/state.ts';
import {removeIfThere, writeAtomically} from '../io/files/atomic-file.ts';
import {MOST_OF_ALL_TARGETS, readIfThere} from '../io/files/bounded-file.ts';

/** A loop that another process released for this one, as read from its file. */
export interface Handover {
  readonly path: string;
  readonly givenBy: number;
  readonly state: State;
}

/** The environment variable that gives `run` the path of the loop to take over. */
export const HANDOVER_VARIABLE = 'AGENT2_HANDOVER';

/** An older file is left from a hand-over that failed. */
const FRESH_MS = 60_000;

export function handoverPath(stateDir: string): string {
  return join(stateDir, 'run', 'handover.json');
}

/** Writes a private file, since its key would help to guess secrets. Throws errors of the file system. */
export function writeHandover(path: string, state: State): void {
  const head = {at: Date.now(), pid: process.pid, key: fingerprintKey()};
  writeAtomically(path, handoverText(head, state), 0o600);
}

/**
 * The loop that this process was started to take over. Undefined when there is none, or only an old or unusable file: then `run` starts normally.
 * Throws a `UsageError` when the other process still waits but its loop cannot be used, so that it keeps the loop. Call it before targets
 * are read, since it adopts the key by which their settings are recognised.
 */
export function announcedHandover(env: NodeJS.ProcessEnv): Handover | undefined {
  const path = env[HANDOVER_VARIABLE];
  // Child processes must not inherit it.
  delete env[HANDOVER_VARIABLE];
  const text = path === undefined ? undefined : readIfThere(path, MOST_OF_ALL_TARGETS);
  if (path === undefined || text === undefined) return undefined;
  const left = readHandover(text);
  // A normal start would start children a second time while the other process still has them.
  if (left.kind === 'other-version' && left.pid === process.ppid)
    throw new UsageError(
      message`agent2 was updated to ${version}; stop this one and start it again`,
      EXIT.failed,
    );
  if (left.kind !== 'read' || Math.abs(Date.now() - left.head.at) > FRESH_MS) return undefined;
  const {pid, key} = left.head;
  const state = left.state();
  if (state.kind !== 'read' && pid === process.ppid)
    throw new UsageError(message`the state it received is damaged`, EXIT.failed);
  if (state.kind !== 'read') return undefined;
  adoptFingerprintKey(key);
  return {path, givenBy: pid, state: state.value};
}

/**
 * The state to continue with. Undefined when the targets have changed and the other process is gone: then this is an ordinary restart.
 * Throws a `UsageError` when the other process still waits, so that it keeps the loop.
 */
export function takenFrom(
  {state, givenBy}: Handover,
  starts: readonly TargetStart[],
): State | undefined {
  const taken = resumedFrom(state, starts);
  if (taken ?? process.ppid !== givenBy) return taken;
  throw new UsageError(message`the watched targets have changed in the meantime`, EXIT.failed);
}

/** Removes the file, which shows the other process that its loop has been taken over. */
export function forgetHandover({path}: Handover): void {
  removeIfThere(path);
}
