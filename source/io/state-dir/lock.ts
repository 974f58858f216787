import {linkSync, mkdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {readIfThere} from '../files/atomic-file.ts';
import {errorCode} from '../error-code.ts';
import {removeLeftovers} from './leftover-files.ts';
import type {CardText, MonitorCard} from '../../documents/monitor-card.ts';
import {cardPath, readCard, runDir, writeCard} from './card.ts';
import {describeProcess, isProcessPresent, matchesName, readProcess} from '../process/processes.ts';

/** Who holds a state directory, and what it says of itself. */
export interface Holder extends CardText {
  readonly pid: number;
  /** Tells it from another process that gets its pid; none for a monitor without a card, like AgentOS's own. */
  readonly startKey?: string;
}

export interface TakenLock {
  readonly kind: 'taken';
  release(): void;
  /** Says of itself from now on that it watches these, and whatever else of `more`. Throws what the file system says. */
  renew(targets: readonly string[], more: Omit<CardText, 'targets'>): void;
  /**
   * To be called now and then: makes the directory and the lock anew when somebody removed them (`renewed`), so that nobody else takes what is
   * watched here for free. `lost` when another monitor was quicker. Throws while the file system does not let it.
   */
  keep(): {readonly kind: 'kept' | 'renewed'} | {readonly kind: 'lost'; readonly to: Holder};
}

export type Lock = TakenLock | {readonly kind: 'held'; readonly by: Holder};

/**
 * Takes `agent2.pid` in the state directory, so that two monitors never heal the same thing. Of several that try at
 * once exactly one wins: the file appears with its text in it, by one link. Beside it `run/monitor.PID.json` says which
 * process that is (its start time) and what it watches, so that a left-over file whose pid was reused is recognised.
 * Throws when the directory cannot be written.
 */
export function takeLock(
  stateDir: string,
  targets: readonly string[],
  more: Omit<CardText, 'targets'> = {},
): Lock {
  let card: MonitorCard = {
    pid: process.pid,
    startKey: readProcess(process.pid)?.startKey,
    targets,
    ...more,
  };
  const holder = occupy(stateDir, card);
  if (holder) return {kind: 'held', by: holder};
  try {
    removeLeftovers(stateDir);
  } catch (error) {
    release(stateDir);
    throw error;
  }
  const path = lockPath(stateDir);
  let ours = writingOf(path);
  return {
    kind: 'taken',
    release: () => release(stateDir),
    renew(now, moreNow) {
      card = {...card, ...moreNow, targets: now};
      writeCard(stateDir, card);
    },
    keep() {
      const there = writingOf(path);
      if (there !== undefined && (there === ours || isOurs(path))) {
        ours = there;
        return {kind: 'kept'};
      }
      mkdirSync(stateDir, {recursive: true, mode: 0o755});
      const taker = occupy(stateDir, card);
      if (taker) return {kind: 'lost', to: taker};
      ours = writingOf(path);
      return {kind: 'renewed'};
    },
  };
}

/** Who holds that directory now; undefined when nobody does. */
export function holderOf(stateDir: string): Holder | undefined {
  const text = readIfThere(lockPath(stateDir));
  return text === undefined ? undefined : liveHolder(text, stateDir);
}

function lockPath(stateDir: string): string {
  return join(stateDir, 'agent2.pid');
}

const TRIES = 200;
const PAUSE_MS = 10;

/** Undefined when the lock is ours now; else who holds it. */
function occupy(stateDir: string, card: MonitorCard): Holder | undefined {
  const path = lockPath(stateDir);
  const own = join(runDir(stateDir), `pid.${process.pid}.tmp`);
  let kept = false;
  writeFileSync(own, `${process.pid}\n`, {mode: 0o644});
  try {
    writeCard(stateDir, card);
    for (let tries = 0; tries < TRIES; tries++) {
      if (tryLink(own, path)) {
        kept = true;
        return undefined;
      }
      const text = readIfThere(path);
      if (text === undefined) continue;
      const holder = liveHolder(text, stateDir);
      if (holder) return holder;
      // Somebody else removes the stale file just now.
      if (!removeStale(stateDir, text, own))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
    return {pid: Number.parseInt(readIfThere(path) ?? '0', 10), targets: []};
  } finally {
    rmSync(own, {force: true});
    if (!kept) rmSync(cardPath(stateDir, process.pid), {force: true});
  }
}

function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The process behind a pid file, if it lives and is the one that wrote it. */
function liveHolder(text: string, stateDir: string): Holder | undefined {
  const pid = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  const running = pid > 1 && pid !== process.pid ? readProcess(pid) : undefined;
  if (!running || running.state === 'zombie') return undefined;
  const card = cardOf(stateDir, pid);
  if (card === 'hidden')
    return isOfWhoWrote(pid, lockPath(stateDir)) ? {pid, targets: []} : undefined;
  if (card) return card.startKey === running.startKey ? card : undefined;
  return wroteIt(pid, lockPath(stateDir)) && matchesName(pid, 'agent2')
    ? {pid, targets: []}
    : undefined;
}

/** The card of another user's monitor is hidden: its directory is private. */
function cardOf(stateDir: string, pid: number): MonitorCard | 'hidden' | undefined {
  try {
    return readCard(stateDir, pid);
  } catch (error) {
    if (errorCode(error) === 'EACCES') return 'hidden';
    throw error;
  }
}

/** Known by its user, and by having been there when the file was written. */
function isOfWhoWrote(pid: number, path: string): boolean {
  const owner = statSync(path, {throwIfNoEntry: false})?.uid;
  return owner !== undefined && describeProcess(pid)?.uid === owner && wroteIt(pid, path);
}

/** Start times are known to the second, and the clock may have been set a little since. */
const SLACK_MS = 10_000;

/** Whether it was there when the file was written: with its command line that is all there is to know of a monitor without a card, like AgentOS's own. */
function wroteIt(pid: number, path: string): boolean {
  const writtenAt = statSync(path, {throwIfNoEntry: false})?.mtimeMs;
  const startedAt = describeProcess(pid)?.startedAt;
  return writtenAt !== undefined && startedAt !== undefined && startedAt <= writtenAt + SLACK_MS;
}

/**
 * Takes a stale file away. Only one at a time may: between the look at a file and its removal somebody else may have put a fresh one in its
 * place, which is then gone while its owner goes on. False when somebody else is at it.
 */
function removeStale(stateDir: string, staleText: string, own: string): boolean {
  const path = lockPath(stateDir);
  const guard = join(stateDir, 'run', 'agent2.pid.stale');
  if (!tryLink(own, guard)) {
    if (isGuarded(guard)) return false;
    // Its owner was killed in the middle of this, which takes no millisecond: as unlikely as it is, nobody shall wait for it for ever.
    rmSync(guard, {force: true});
    return true;
  }
  try {
    if (readIfThere(path) === staleText && !liveHolder(staleText, stateDir))
      rmSync(path, {force: true});
    return true;
  } finally {
    rmSync(guard, {force: true});
  }
}

function isGuarded(guard: string): boolean {
  const text = readIfThere(guard);
  const stats = statSync(guard, {throwIfNoEntry: false});
  if (text === undefined || !stats) return false;
  return Date.now() - stats.mtimeMs < GUARD_MS && isProcessPresent(Number.parseInt(text, 10));
}

const GUARD_MS = 5_000;

/** Which writing of the file lies there; undefined without one. Asked every second, so that it is read only when it changed. */
function writingOf(path: string): string | undefined {
  const stats = statSync(path, {throwIfNoEntry: false});
  return stats && `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

function isOurs(path: string): boolean {
  return readIfThere(path)?.trim() === String(process.pid);
}

function release(stateDir: string): void {
  rmSync(cardPath(stateDir, process.pid), {force: true});
  if (isOurs(lockPath(stateDir))) rmSync(lockPath(stateDir), {force: true});
}
