import type {Clock} from '../contracts/clock.ts';
import {remembersSame} from '../core/memory.ts';
import type {State, TargetState, Warned} from '../core/model/state.ts';
import {changesBetween, type Change} from '../core/targets.ts';

const AT_MOST_EVERY_MS = 1_000;
/** Whoever finds it older than this and a little more (`staleMsOf`) calls the monitor stuck. */
const AT_LEAST_EVERY_MS = 10_000;
/** How much is written for good where nothing is new but the figures of good checks: some 250 targets fit into a second. */
const BYTES_A_SECOND = 262_144;

/**
 * Writes the status file, the last state always: what somebody asked for at once, what is new of a target (its health, its incident, its fixes, its
 * first check) within a second, and the figures of good checks within a second too, or where many targets make the file large, within ten.
 */
export interface StatusWriter {
  write(state: State): void;
  /** Writes it when nothing was written for long, so that a reader can tell a calm monitor from one that is stuck. */
  refresh(state: State): void;
  /** Writes what is still pending, now. */
  flush(): void;
}

export interface StatusFile {
  /** Writes one state and tells how many bytes that were. May throw. */
  save(state: State): number;
  /** What can be done before of the work of `save` for one target: a large file is not made all at once. */
  prepare(state: State, target: TargetState): void;
}

/** `onProblem` hears why it could not be written, and nothing once it can be again. */
export function createStatusWriter(
  clock: Clock,
  file: StatusFile,
  onProblem: (text: string | undefined) => void,
): StatusWriter {
  let pending: State | undefined;
  /** The last state that was given, written or not. */
  let given: State | undefined;
  let writtenAt = -Infinity;
  /** How often what is not new is written. */
  let figuresEveryMs = AT_MOST_EVERY_MS;
  let timer: {readonly at: number; readonly cancel: () => void} | undefined;
  let failing = false;

  return {
    write(state) {
      const before = given;
      given = pending = state;
      const changed = changesBetween(before, state);
      if (figuresEveryMs > AT_MOST_EVERY_MS) for (const {is} of changed) file.prepare(state, is);
      if (state.status === 'stopped' || changed.some(isAskedFor)) return flush();
      const isNew =
        before?.status !== state.status ||
        before.problems !== state.problems ||
        changed.some(isNews);
      const now = clock.now();
      const dueAt = writtenAt + (isNew ? AT_MOST_EVERY_MS : figuresEveryMs);
      // A clock set back makes it late: then nothing is known, and nothing waits.
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

/** Who asked for a pause and was told that it is one finds it in the file. */
function isAskedFor({was, is}: Change): boolean {
  return (
    was !== undefined &&
    (was.paused !== is.paused ||
      was.pausedUntil !== is.pausedUntil ||
      was.preset !== is.preset ||
      was.observing !== is.observing)
  );
}

function isNews({was, is}: Change): boolean {
  return (
    !remembersSame(is, was) ||
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
