import {join} from 'node:path';
import {version} from 'agent2:version';
import {adoptFingerprintKey, fingerprintKey} from '../config/fingerprint.ts';
import {EXIT, UsageError} from '../contracts/command.ts';
import {handoverText, readHandover} from '../documents/hand-over.ts';
import {resumedFrom} from '../core/hand-over.ts';
import type {TargetStart} from '../core/model/event.ts';
import {say} from '../core/text/say.ts';
import type {State} from '../core/model/state.ts';
import {readIfThere, removeIfThere, writeAtomically} from '../io/files/atomic-file.ts';

/** What one process leaves for the one that takes its loop over: a line about itself, and its state. */
export interface Handover {
  readonly path: string;
  readonly givenBy: number;
  readonly state: State;
}

/** Says to a `run` where it finds what it takes over. Only for the process that is started for it. */
export const HANDOVER_VARIABLE = 'AGENT2_HANDOVER';

/** Older than this it was left by somebody who did not live to see it taken. */
const FRESH_MS = 60_000;

export function handoverPath(stateDir: string): string {
  return join(stateDir, 'run', 'handover.json');
}

/** For nobody else to read: it holds the key that secrets could be guessed with. Throws what the file system says. */
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
  // It is none of what this process starts in turn.
  delete env[HANDOVER_VARIABLE];
  const text = path === undefined ? undefined : readIfThere(path);
  if (path === undefined || text === undefined) return undefined;
  const left = readHandover(text);
  // Started as any other it would start anew what still runs, under the eyes of the one that waits for it.
  if (left.kind === 'other-version' && left.pid === process.ppid)
    throw new UsageError(
      say`agent2 was updated to ${version} meanwhile; end this one and start it anew`,
      EXIT.failed,
    );
  if (left.kind !== 'read' || Math.abs(Date.now() - left.head.at) > FRESH_MS) return undefined;
  const {pid, key} = left.head;
  const state = left.state();
  if (state.kind !== 'read' && pid === process.ppid)
    throw new UsageError(say`the state that it was given is damaged`, EXIT.failed);
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
  throw new UsageError(say`what is watched has changed meanwhile`, EXIT.failed);
}

/** It is taken over: whoever waits for that sees it by this. */
export function forgetHandover({path}: Handover): void {
  removeIfThere(path);
}
