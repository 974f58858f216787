import type {Clock} from '../contracts/clock.ts';
import {sameMemory} from '../core/memory.ts';
import type {State} from '../core/model/state.ts';
import type {TargetState, Warned} from '../core/model/target.ts';
import {changesBetween, type Change} from '../core/targets.ts';

const AT_MOST_EVERY_MS = 1_000;
/** Readers call the monitor stuck when the file is a little older than this (`staleMsOf`). */
const AT_LEAST_EVERY_MS = 10_000;
/** How fast the file may be rewritten for the figures of good checks: at this rate some 180 targets fit into a second. */
const BYTES_A_SECOND = 262_144;

/**
 * Writes the status file, always the last state: requested changes at once, news of a target (its health, incident, fixes,
 * first check) within a second, and figures of good checks within a second too, or within ten when many targets make the file large.
 */
export interface StatusWriter {
  write(state: State): void;
  /** Writes the file after a long silence, so that a reader can tell a calm monitor from a stuck one. */
  refresh(state: State): void;
  /** Writes pending changes now. */
  flush(): void;
}

export interface StatusFile {
  /** Writes one state and returns its size in bytes. May throw. */
  save(state: State): number;
  /** Prepares the part of `save` for one target, so that a large file is not built all at once. */
  prepare(state: State, target: TargetState): void;
}

/** `onProblem` receives the reason when writing fails, and nothing once it works again. */
export function createStatusWriter(
  clock: Clock,
  file: StatusFile,
  onProblem: (text: string | undefined) => void,
): StatusWriter {
  let pending: State | undefined;
  /** The last given state, written or not. */
  let given: State | undefined;
  let writtenAt = -Infinity;
  /** The pause between writes without news. */
  let figuresEveryMs = AT_MOST_EVERY_MS;
  let timer: {readonly at: number; readonly cancel: () => void} | undefined;
  let failing = false;

  return {
    write(state) {
      const before = given;
      given = pending = state;
      const changed = changesBetween(before, state);
      if (figuresEveryMs > AT_MOST_EVERY_MS)
        // A target with a running check is about to change again.
        for (const {is} of changed) if (is.check.state === 'idle') file.prepare(state, is);
      if (state.status === 'stopped' || changed.some(isAskedFor)) return flush();
      const isNew =
        before?.status !== state.status ||
        before.problems !== state.problems ||
        changed.some(isNews);
      const now = clock.now();
      const dueAt = writtenAt + (isNew ? AT_MOST_EVERY_MS : figuresEveryMs);
      // A clock set back makes the time unknown: then write now.
      if (now >= dueAt || now < writtenAt) return flush();
      if (timer && timer.at <= dueAt) return;
      timer?.cancel();
      timer = {at: dueAt, cancel: clock.after(dueAt - now, flush)};
    },
    refresh(state) {
      if (pending === undefined && clock.now() - writtenAt >= AT_LEAST_EVERY_MS) this.write(state);
    },
    flush,
  };

  function flush(): void {
    timer?.cancel();
    timer = undefined;
    if (!pending) return;
    const state = pending;
    pending = undefined;
    writtenAt = clock.now();
    try {
      figuresEveryMs = everyMsOf(file.save(state));
      if (failing) onProblem(undefined);
      failing = false;
    } catch (error) {
      failing = true;
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

function everyMsOf(bytes: number): number {
  return Math.min(AT_LEAST_EVERY_MS, Math.max(AT_MOST_EVERY_MS, (bytes / BYTES_A_SECOND) * 1_000));
}

/** Whether a person asked for the change: a confirmed pause must be in the file at once. */
function isAskedFor({was, is}: Change): boolean {
  return (
    was !== undefined &&
    (was.paused !== is.paused ||
      was.pausedUntil !== is.pausedUntil ||
      was.preset !== is.preset ||
      was.observing !== is.observing ||
      isRequestedRestart(was, is))
  );
}

/** A restart that somebody asked for has begun or ended: a status read after the answer must show it. */
function isRequestedRestart(was: TargetState, is: TargetState): boolean {
  const last = is.fixes.at(-1);
  return last !== was.fixes.at(-1) && last?.cause === 'manual';
}

function isNews({was, is}: Change): boolean {
  return (
    !sameMemory(is, was) ||
    was?.health.level !== is.health.level ||
    was.health.flapping !== is.health.flapping ||
    was.repair.step !== is.repair.step ||
    !sameWarnings(was.warned, is.warned) ||
    (was.lastCheck === undefined) !== (is.lastCheck === undefined)
  );
}

function sameWarnings(before: readonly Warned[], after: readonly Warned[]): boolean {
  return (
    before === after ||
    (before.length === after.length && before.every(({key}, index) => key === after[index]?.key))
  );
}
