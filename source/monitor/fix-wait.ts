import type {Text} from '../core/model/text.ts';
import type {TargetSpec} from '../config/spec.ts';
import {message} from '../core/text/message.ts';
import {formatDuration} from '../format/duration.ts';
import type {Performer} from '../runtime/perform.ts';
import {fixKind} from './kinds.ts';

/** How long a running fix may take after SIGTERM: a service left stopped is worse than a slow exit. */
const FIX_END_MS = 60_000;
/** For our own files and sockets, and SIGKILL to what does not end. */
const OWN_MS = 5_000;

/** The longest that an orderly shutdown may take. */
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
  /** The targets whose fix it waits for now. */
  awaited(): readonly string[];
  /** Lets no further fix begin, and resolves when the running ones are over, or the limit is, or after `hurry`. `onWait` hears what it waits for. */
  wait(perform: Pick<Performer, 'endFixes'>, onWait: (text: Text) => void): Promise<void>;
  /** Stops waiting. */
  hurry(): void;
}

export function createFixWait(limitMs = FIX_END_MS): FixWait {
  let awaited: readonly string[] = [];
  let hurried = false;
  let enough = () => {};
  return {
    awaited: () => awaited,
    hurry() {
      hurried = true;
      enough();
    },
    async wait(perform, onWait) {
      const {targets, ended} = perform.endFixes();
      // `hurry` may come before there is anything to wait for.
      if (targets.length === 0 || hurried) return;
      awaited = targets;
      onWait(
        message`waits at most ${formatDuration(limitMs)} for the running fix of ${targets.join(', ')}; a second signal ends agent2 at once`,
      );
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>(resolve => {
        enough = resolve;
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([ended, over]);
      clearTimeout(timer);
      awaited = [];
    },
  };
}
