import type {TargetSpec} from '../config/spec.ts';
import {say} from '../core/text/say.ts';
import {formatDuration} from '../format/duration.ts';
import type {Performer} from '../runtime/perform.ts';
import {fixKind} from './kinds.ts';

/** How long a fix under way may go on after SIGTERM: a restart half done is worse than an end that takes its time. */
const FIX_END_MS = 60_000;
/** For our own affairs: files, sockets, SIGKILL to what does not end. */
const OWN_MS = 5_000;

/** How long an orderly end of a monitor may take at most. */
export function endMsOf(targets: readonly TargetSpec[]): number {
  const each = targets.map(({fix}) => {
    const {heals, ownsProcess, takenByOthers} = fixKind(fix.use).traits;
    if (!heals || takenByOthers) return 0;
    return ownsProcess ? 2 * fix.stopTimeoutMs : FIX_END_MS;
  });
  return Math.max(0, ...each) + OWN_MS;
}

/** The wait for fixes under way that would leave a service stopped. */
export interface FixWait {
  /** The targets whose fix is waited for just now. */
  awaited(): readonly string[];
  /** Lets no fix begin any more, and resolves when those are through, or nobody waits any longer. `onWait` hears what is waited for. */
  wait(perform: Pick<Performer, 'endFixes'>, onWait: (text: string) => void): Promise<void>;
  /** Waits no longer. */
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
      // It may have been said before there was anything to wait for.
      if (targets.length === 0 || hurried) return;
      awaited = targets;
      onWait(
        say`waits for the fix of ${targets.join(', ')} that is under way, at most ${formatDuration(limitMs)}; a second signal ends agent2 at once`,
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
