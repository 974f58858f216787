import type {Text} from '../../core/model/text.ts';
import {linkSync, lstatSync, renameSync, rmSync, utimesSync} from 'node:fs';
import {makeDirectory, statsAt} from '../files/directory.ts';
import {join} from 'node:path';
import {temporaryName, writeExclusively} from '../files/atomic-file.ts';
import {readIfThere} from '../files/bounded-file.ts';
import {errorCode} from '../error-code.ts';
import {BEAT_MS, isElsewhere, lifeElsewhere, ownPlace} from './elsewhere.ts';
import {removeLeftovers} from './leftover-files.ts';
import {monitorCardText, type CardText, type MonitorCard} from '../../documents/monitor-card.ts';
import {cardPath, readCard, runDir, writeCard} from './card.ts';
import {distrustNaming} from '../process/named-by-file.ts';
import {describeProcess, isProcessPresent, matchesName, readProcess} from '../process/processes.ts';

/** The holder of a state directory, and its own description. */
export interface Holder extends CardText {
  readonly pid: number;
  /** Distinguishes it from a later process with its pid; none for a monitor without a card, like AgentOS's own. */
  readonly startKey?: string;
  /** The name of the machine where it runs, if its pid means nothing here: it is in another pid namespace (a container), or on another machine. */
  readonly elsewhere?: string;
  /** It may have ended a moment ago. */
  readonly isUnsure?: true;
}

export interface TakenLock {
  readonly kind: 'taken';
  /** Where that was moved which lay in the place of the lock and was none. */
  readonly movedTo?: string;
  release(): void;
  /** Publishes the watched targets and `more` in the card. Throws errors of the file system. */
  renew(targets: readonly string[], more: Omit<CardText, 'targets'>): void;
  /**
   * Call it now and then: restores a removed directory and lock (`renewed`), so that no other monitor takes the
   * targets. `lost` when another monitor was faster. Throws while the file system prevents it.
   */
  keep(): {readonly kind: 'kept' | 'renewed'} | {readonly kind: 'lost'; readonly to: Holder};
}

export type Lock = TakenLock | {readonly kind: 'held'; readonly by: Holder};

/**
 * Takes `agent2.pid` in the state directory, so that two monitors never heal the same target. Of several simultaneous
 * attempts exactly one wins: one link creates the file with its text. `run/monitor.PID.json` next to it identifies the
 * process (its start time) and its targets, so that a leftover file with a reused pid is recognised.
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
    ...ownPlace(),
    targets,
    ...more,
  };
  let movedTo: string | undefined;
  const holder = occupy(stateDir, card, to => (movedTo = to));
  if (holder) return {kind: 'held', by: holder};
  try {
    removeLeftovers(stateDir);
  } catch (error) {
    release(stateDir);
    throw error;
  }
  const path = lockPath(stateDir);
  let ours = writingOf(path);
  let beatAt = Date.now();
  return {
    kind: 'taken',
    ...(movedTo === undefined ? {} : {movedTo}),
    release: () => release(stateDir),
    renew(now, moreNow) {
      card = {...card, ...moreNow, targets: now};
      writeCard(stateDir, card);
    },
    keep() {
      const there = writingOf(path);
      if (there !== undefined && (there === ours || isOurs(stateDir))) {
        ours = there;
        beat();
        return {kind: 'kept'};
      }
      makeDirectory(stateDir, 0o755, {withParents: true});
      const taker = occupy(stateDir, card);
      if (taker) return {kind: 'lost', to: taker};
      ours = writingOf(path);
      return {kind: 'renewed'};
    },
  };

  /** Shows monitors that cannot see this process that it lives. */
  function beat(): void {
    const now = Date.now();
    if (now - beatAt < BEAT_MS && now >= beatAt) return;
    beatAt = now;
    if (!touch(cardPath(stateDir, process.pid), now)) writeCard(stateDir, card);
  }
}

/** False for a missing file. */
function touch(path: string, at: number): boolean {
  try {
    utimesSync(path, at / 1000, at / 1000);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    // Who cannot write tells so by the status file.
    if (errorCode(error) === undefined) throw error;
    return true;
  }
}

/** The present holder of that directory; undefined without one. */
export function holderOf(stateDir: string): Holder | undefined {
  if (isNoLock(lockPath(stateDir))) return undefined;
  const text = readIfThere(lockPath(stateDir));
  return text === undefined ? undefined : liveHolder(text, stateDir);
}

/** Why lock and card of a directory are no reason to signal the process that they name, as a sentence; undefined when they are. Throws errors of the file system. */
export function distrustHolder(stateDir: string, pid: number): Text | undefined {
  return distrustNaming(lockPath(stateDir), pid) ?? distrustNaming(cardPath(stateDir, pid), pid);
}

function lockPath(stateDir: string): string {
  return join(stateDir, 'agent2.pid');
}

const TRIES = 200;
const PAUSE_MS = 10;

/** Undefined when this process now holds the lock; else the holder. */
function occupy(
  stateDir: string,
  card: MonitorCard,
  onMoved: (to: string) => void = () => undefined,
): Holder | undefined {
  const path = lockPath(stateDir);
  const own = temporaryName(join(runDir(stateDir), 'pid'));
  let kept = false;
  writeExclusively(own, `${process.pid}\n`);
  try {
    const earlier = claimCard(stateDir, card);
    if (earlier) {
      kept = true;
      return earlier;
    }
    let waits = 0;
    for (let tries = 0; tries < TRIES; tries++) {
      if (tryLink(own, path)) {
        kept = true;
        return undefined;
      }
      if (isNoLock(path)) {
        // Another process is moving it.
        if (!guarded(stateDir, own, () => moveNoLock(path, onMoved))) pause(PAUSE_MS);
        continue;
      }
      const text = readIfThere(path);
      if (text === undefined) continue;
      const holder = liveHolder(text, stateDir);
      if (holder?.isUnsure && waits++ < LIFE_TRIES) {
        pause(LIFE_PAUSE_MS);
        continue;
      }
      if (holder) return holder;
      // Another process is removing the stale file.
      if (!removeStale(stateDir, text, own)) pause(PAUSE_MS);
    }
    return {pid: Number.parseInt(readIfThere(path) ?? '0', 10), targets: []};
  } finally {
    rmSync(own, {force: true});
    if (!kept) rmSync(cardPath(stateDir, process.pid), {force: true});
  }
}

/** Longer than a monitor needs to open its socket. */
const LIFE_TRIES = 24;
const LIFE_PAUSE_MS = 250;

/** Writes the card, but not over that of a living monitor elsewhere with the same pid, which it returns. */
function claimCard(stateDir: string, card: MonitorCard): Holder | undefined {
  const path = cardPath(stateDir, card.pid);
  const own = temporaryName(path);
  writeExclusively(own, monitorCardText(card));
  try {
    for (let waits = 0; ; waits++) {
      if (tryLink(own, path)) return undefined;
      const there = readCard(stateDir, card.pid);
      const holder = there && isElsewhere(there) ? holderElsewhere(stateDir, there) : undefined;
      if (!holder) {
        renameSync(own, path);
        return undefined;
      }
      if (!holder.isUnsure || waits >= LIFE_TRIES) return holder;
      pause(LIFE_PAUSE_MS);
    }
  } finally {
    rmSync(own, {force: true});
  }
}

function holderElsewhere(stateDir: string, card: MonitorCard): Holder | undefined {
  const life = lifeElsewhere(stateDir, card);
  return life === 'ended'
    ? undefined
    : {...card, elsewhere: card.host ?? '?', ...(life === 'maybe' ? {isUnsure: true} : {})};
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
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

/** The living process that wrote a pid file. */
function liveHolder(text: string, stateDir: string): Holder | undefined {
  const pid = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  const card = pid < 1 ? undefined : cardOf(stateDir, pid);
  if (card && card !== 'hidden' && isElsewhere(card)) return holderElsewhere(stateDir, card);
  const running = pid > 1 && pid !== process.pid ? readProcess(pid) : undefined;
  if (!running || running.state === 'zombie') return undefined;
  if (card === 'hidden')
    return isWriterOf(pid, lockPath(stateDir)) ? {pid, targets: []} : undefined;
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

/** Recognised by its user, and by having run when the file was written. */
function isWriterOf(pid: number, path: string): boolean {
  const owner = statsAt(path)?.uid;
  return owner !== undefined && describeProcess(pid)?.uid === owner && wroteIt(pid, path);
}

/** Start times are accurate to a second, and the clock may have been set a little since. */
const SLACK_MS = 10_000;

/** Whether it ran when the file was written: besides its command line, the only proof for a monitor without a card, like AgentOS's own. */
function wroteIt(pid: number, path: string): boolean {
  const writtenAt = statsAt(path)?.mtimeMs;
  const startedAt = describeProcess(pid)?.startedAt;
  return writtenAt !== undefined && startedAt !== undefined && startedAt <= writtenAt + SLACK_MS;
}

/**
 * Removes a stale file. Only one process at a time may: otherwise another could put a fresh one in its place between check
 * and removal, and lose it while it continues. False when another process is removing it.
 */
function removeStale(stateDir: string, staleText: string, own: string): boolean {
  return guarded(stateDir, own, () => {
    const path = lockPath(stateDir);
    if (readIfThere(path) === staleText && !liveHolder(staleText, stateDir))
      rmSync(path, {force: true});
  });
}

/** Whether something has the name that no monitor can have put there as its lock: it is no file, leads to none, or is far too large. */
function isNoLock(path: string): boolean {
  try {
    const found = lstatSync(path);
    if (found.isFile()) return found.size > MOST_LOCK_BYTES;
    return !found.isSymbolicLink() || !statsAt(path)?.isFile();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

/** A pid, with more space around it than anybody writes. */
const MOST_LOCK_BYTES = 65_536;

function moveNoLock(path: string, onMoved: (to: string) => void): void {
  if (!isNoLock(path)) return;
  const aside = asideOf(path);
  renameSync(path, aside);
  onMoved(aside);
}

function asideOf(path: string): string {
  return temporaryName(path).replace(/tmp$/, 'aside');
}

/** Changes the lock where no other process does at this moment; false where one does. */
function guarded(stateDir: string, own: string, change: () => void): boolean {
  const guard = join(stateDir, 'run', 'agent2.pid.stale');
  if (!tryLink(own, guard)) {
    if (isGuarded(guard)) return false;
    // Its owner was killed within this millisecond: unlikely, but no process must wait for it forever.
    if (statsAt(guard)?.isFile()) rmSync(guard, {force: true});
    else renameSync(guard, asideOf(guard));
    return true;
  }
  try {
    change();
    return true;
  } finally {
    rmSync(guard, {force: true});
  }
}

function isGuarded(guard: string): boolean {
  const stats = statsAt(guard);
  if (!stats?.isFile() || stats.size > MOST_LOCK_BYTES) return false;
  const text = readIfThere(guard);
  if (text === undefined) return false;
  return Date.now() - stats.mtimeMs < GUARD_MS && isProcessPresent(Number.parseInt(text, 10));
}

const GUARD_MS = 5_000;

/** The version of the present file; undefined without one. Called every second, so that the file is read only after a change. */
function writingOf(path: string): string | undefined {
  const stats = statsAt(path);
  return stats && `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

/** Whether the lock is of this process; one elsewhere may have the same pid. */
function isOurs(stateDir: string): boolean {
  return readIfThere(lockPath(stateDir))?.trim() === String(process.pid) && hasOwnCard(stateDir);
}

/** True for a missing card too. */
function hasOwnCard(stateDir: string): boolean {
  const card = cardOf(stateDir, process.pid);
  return card === undefined || (card !== 'hidden' && !isElsewhere(card));
}

function release(stateDir: string): void {
  const isHeld = isOurs(stateDir);
  if (hasOwnCard(stateDir)) rmSync(cardPath(stateDir, process.pid), {force: true});
  if (isHeld) rmSync(lockPath(stateDir), {force: true});
}
