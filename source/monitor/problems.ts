import type {Clock} from '../contracts/clock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';

/** Hears what is wrong with one thing of our own, and nothing once it works again. */
export type Report = (text: string | undefined) => void;

/** What goes wrong in the monitor itself, reported to its loop. */
export interface Problems {
  about(subject: string): Report;
  /** From now on the loop hears them; first those that were reported before there was one. */
  connect(loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot'>): void;
}

export function createProblems(clock: Pick<Clock, 'now'>): Problems {
  const early = new Map<string, string | undefined>();
  let report = (subject: string, text: string | undefined) => void early.set(subject, text);
  return {
    about: subject => text => report(subject, text),
    connect({dispatch, getSnapshot}) {
      report = (subject, text) => {
        // Most of what may go wrong is reported every second, and is well.
        if (text !== undefined || getSnapshot().problems[subject] !== undefined)
          dispatch({type: 'problem', at: clock.now(), about: subject, text});
      };
      for (const [subject, text] of early) report(subject, text);
      early.clear();
    },
  };
}
