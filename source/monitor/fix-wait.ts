import type {Text} from '../core/model/text.ts';
import type {TargetSpec} from '../config/spec.ts';
import {message} from '../core/text/message.ts';
import {formatDuration} from '../format/duration.ts';
import type {Performer} from '../runtime/perform.ts';
import {fixKind} from './kinds.ts';

/** How long a running fix may take after SIGTERM: a service left stopped is worse than a slow exit. */
const FIX_END_MS = 60_000;
/** How long agent2 needs for its own files and sockets, and for SIGKILL to children that do not end. */
const OWN_MS = 5_000;

/** The longest time of an orderly shutdown, in ms. */
export function endMsOf(targets: readonly TargetSpec[]): number {
  const each = targets.map(({fix}) => {
    const {heals, ownsProcess, takenByOthers} = fixKind(fix.use).traits;
    if (!heals || takenByOthers) return 0;
    return ownsProcess ? 2 * fix.stopTimeoutMs : FIX_END_MS;
  });
  return Math.max(0, ...each) + OWN_MS;
}

/** Waits for running fixes that would leave a service stopped. */
export interface FixWait {
  /** The targets whose fix delays the shutdown now. */
  awaited(): readonly string[];
  /** Prevents further fixes; resolves when the running ones have ended, at the time limit, or after `hurry`. `onWait` gets a line about the wait, if there is one. */
  wait(perform: Pick<Performer, 'endFixes'>, onWait: (text: Text) => void): Promise<void>;
  /** Stops waiting. */
  hurry(): void;
}

export function createFixWait(limitMs = FIX_END_MS): FixWait {
  let awaited: readonly string[] = [];
  let hurried = false;
  let stopWaiting = () => {};
  return {
    awaited: () => awaited,
    hurry() {
      hurried = true;
      stopWaiting();
    },
    async wait(perform, onWait) {
      const {targets, ended} = perform.endFixes();
      // `hurry` may have come before.
      if (targets.length === 0 || hurried) return;
      awaited = targets;
      onWait(
        message`waits at most ${formatDuration(limitMs)} for the running fix of ${targets.join(', ')}; a second signal ends agent2 at once`,
      );
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>(resolve => {
        stopWaiting = resolve;
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([ended, over]);
      clearTimeout(timer);
      awaited = [];
    },
  };
}
