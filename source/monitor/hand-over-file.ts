import {join} from 'node:path';
import {version} from 'agent2:version';
import {adoptFingerprintKey, fingerprintKey} from '../config/fingerprint.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {handoverText, readHandover} from '../documents/hand-over.ts';
import {resumedFrom} from '../core/hand-over.ts';
import type {TargetStart} from '../core/model/event.ts';
import {message} from '../core/text/message.ts';
import type {State} from '../core/model/state.ts';
import {readIfThere, removeIfThere, writeAtomically} from '../io/files/atomic-file.ts';

/** What a process leaves for the one that takes over its loop: a line about itself, and its state. */
export interface Handover {
  readonly path: string;
  readonly givenBy: number;
  readonly state: State;
}

/** Tells a `run` where it finds the loop that it was started to take over. */
export const HANDOVER_VARIABLE = 'AGENT2_HANDOVER';

/** An older file was left by a process that died before another one took over. */
const FRESH_MS = 60_000;

export function handoverPath(stateDir: string): string {
  return join(stateDir, 'run', 'handover.json');
}

/** Private, because with the key in it secrets could be guessed. Throws what the file system says. */
export function writeHandover(path: string, state: State): void {
  const head = {at: Date.now(), pid: process.pid, key: fingerprintKey()};
  writeAtomically(path, handoverText(head, state), 0o600);
}

/**
 * What this process was started to take over; undefined where it was not, or what it finds is none of a fresh agent2 of this version: then it starts
 * as any other. Throws a `UsageError` where one of another version waits for it, and can go on himself. To be called before targets are read: those of the other process can only be recognised by its key.
 */
export function announcedHandover(env: NodeJS.ProcessEnv): Handover | undefined {
  const path = env[HANDOVER_VARIABLE];
  // The processes that this one starts must not see it.
  delete env[HANDOVER_VARIABLE];
  const text = path === undefined ? undefined : readIfThere(path);
  if (path === undefined || text === undefined) return undefined;
  const left = readHandover(text);
  // Started as any other it would start anew what still runs, under the eyes of the one that waits for it.
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
 * The state to go on with. Undefined where what is watched is not the same any more and the one who let go of it is gone: then the rest is as after
 * any restart. Throws a `UsageError` while that one still waits, and can go on himself.
 */
export function takenFrom(
  {state, givenBy}: Handover,
  starts: readonly TargetStart[],
): State | undefined {
  const taken = resumedFrom(state, starts);
  if (taken ?? process.ppid !== givenBy) return taken;
  throw new UsageError(message`the watched targets have changed in the meantime`, EXIT.failed);
}

/** Shows the process that gave the loop away that it has been taken over. */
export function forgetHandover({path}: Handover): void {
  removeIfThere(path);
}
