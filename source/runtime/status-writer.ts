import type {Clock} from '../contracts/clock.ts';
import type {State} from '../core/model/state.ts';
import {targetsOf} from '../core/targets.ts';

const AT_MOST_EVERY_MS = 1_000;
/** Whoever finds it older than this and a little more (`staleMsOf`) calls the monitor stuck. */
const AT_LEAST_EVERY_MS = 10_000;

/** Writes the status file at most once a second, the last state always, and what somebody asked for at once. */
export interface StatusWriter {
  write(state: State): void;
  /** Writes it when nothing was written for long, so that a reader can tell a calm monitor from one that is stuck. */
  refresh(state: State): void;
  /** Writes what is still pending, now. */
  flush(): void;
}

/** `save` writes one state and may throw; `onProblem` hears why it could not, and nothing once it works again. */
export function createStatusWriter(
  clock: Clock,
  save: (state: State) => void,
  onProblem: (text: string | undefined) => void,
): StatusWriter {
  let pending: State | undefined;
  let written: State | undefined;
  let writtenAt = -Infinity;
  let cancel: (() => void) | undefined;
  let failing = false;

  return {
    write(state) {
      const sinceMs = clock.now() - writtenAt;
      // A clock set back makes it negative: then nothing is known, and nothing waits.
      const recent = sinceMs >= 0 && sinceMs < AT_MOST_EVERY_MS;
      const urgent = pending === undefined && !recent;
      pending = state;
      if (urgent || state.status === 'stopped' || (written && isAskedFor(written, state))) flush();
      else cancel ??= clock.after(recent ? AT_MOST_EVERY_MS - sinceMs : 0, flush);
    },
    refresh(state) {
      if (pending === undefined && clock.now() - writtenAt >= AT_LEAST_EVERY_MS) this.write(state);
    },
    flush,
  };

  function flush(): void {
    cancel?.();
    cancel = undefined;
    if (!pending) return;
    const state = pending;
    pending = undefined;
    writtenAt = clock.now();
    written = state;
    try {
      save(state);
      if (failing) onProblem(undefined);
      failing = false;
    } catch (error) {
      failing = true;
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Who asked for a pause and was told that it is one finds it in the file. */
function isAskedFor(before: State, after: State): boolean {
  return targetsOf(after).some((target, index) => {
    const was = targetsOf(before)[index];
    return (
      was !== undefined &&
      (was.paused !== target.paused ||
        was.pausedUntil !== target.pausedUntil ||
        was.preset !== target.preset ||
        was.observing !== target.observing)
    );
  });
}
