import {linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {readIfThere} from './atomic-file.ts';
import {errorCode} from './error-code.ts';
import {matchesName, readProcess} from './processes.ts';
import {isDirectory} from './state-dir.ts';

/** Who holds a state directory: its pid, and what it watches. */
export interface Holder {
  readonly pid: number;
  readonly targets: readonly string[];
}

export type Lock = {readonly kind: 'taken'; release(): void} | {readonly kind: 'held'; readonly by: Holder};

/**
 * Takes `agent2.pid` in the state directory, so that two monitors never heal the same thing. Of several that try at
 * once exactly one wins: the file appears with its text in it, by one link. Beside it `run/monitor.PID.json` says which
 * process that is (its start time) and what it watches, so that a left-over file whose pid was reused is recognised.
 * Throws when the directory cannot be written.
 */
export function takeLock(stateDir: string, targets: readonly string[]): Lock {
  const path = join(stateDir, 'agent2.pid');
  if (!isDirectory(join(stateDir, 'run'))) mkdirSync(join(stateDir, 'run'), {mode: 0o700});
  const own = join(stateDir, 'run', `pid.${process.pid}.tmp`);
  const card = cardPath(stateDir, process.pid);
  let kept = false;
  writeFileSync(own, `${process.pid}\n`, {mode: 0o644});
  writeFileSync(card, JSON.stringify({pid: process.pid, startKey: readProcess(process.pid)?.startKey, targets}), {mode: 0o644});
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (tryLink(own, path)) {
        kept = true;
        return {kind: 'taken', release: () => release(path, card)};
      }
      const text = readIfThere(path);
      if (text === undefined) continue;
      const holder = liveHolder(text, stateDir);
      if (holder) return {kind: 'held', by: holder};
      removeStale(path, text, own);
      const left = cardPath(stateDir, Number.parseInt(text, 10));
      if (left !== card) rmSync(left, {force: true});
    }
    return {kind: 'held', by: {pid: Number.parseInt(readIfThere(path) ?? '0', 10), targets: []}};
  } finally {
    rmSync(own, {force: true});
    if (!kept) rmSync(card, {force: true});
  }
}

/** Who holds that directory now; undefined when nobody does. */
export function holderOf(stateDir: string): Holder | undefined {
  const text = readIfThere(join(stateDir, 'agent2.pid'));
  return text === undefined ? undefined : liveHolder(text, stateDir);
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

/** The process behind a pid file, if it lives and is the one that wrote it. A monitor without a card, like AgentOS's own, is known by its command line. */
function liveHolder(text: string, stateDir: string): Holder | undefined {
  const pid = /^\s*\d{1,10}\s*$/.test(text) ? Number(text) : 0;
  const running = pid > 1 && pid !== process.pid ? readProcess(pid) : undefined;
  if (!running || running.state === 'zombie') return undefined;
  const card = readCard(cardPath(stateDir, pid));
  const same = card ? card.startKey === running.startKey : matchesName(pid, 'agent2');
  return same ? {pid, targets: card?.targets ?? []} : undefined;
}

/** What a monitor says of itself, written before it takes the lock. */
function cardPath(stateDir: string, pid: number): string {
  return join(stateDir, 'run', `monitor.${pid}.json`);
}

function readCard(path: string): {pid: number; startKey?: string; targets: readonly string[]} | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    const card: unknown = JSON.parse(text);
    if (typeof card !== 'object' || card === null || !('pid' in card) || typeof card.pid !== 'number') return undefined;
    const startKey = 'startKey' in card && typeof card.startKey === 'string' ? card.startKey : undefined;
    const targets = 'targets' in card && Array.isArray(card.targets) ? card.targets.filter(name => typeof name === 'string') : [];
    return {pid: card.pid, startKey, targets};
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Takes a stale file away by renaming it, and gives it back when it turns out that another monitor's fresh one was caught. */
function removeStale(path: string, staleText: string, own: string): void {
  const aside = `${own}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== staleText) tryLink(aside, path);
  unlinkSync(aside);
}

function release(path: string, card: string): void {
  rmSync(card, {force: true});
  if (readIfThere(path)?.trim() === String(process.pid)) rmSync(path, {force: true});
}
