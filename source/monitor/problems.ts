import type {Text} from '../core/model/text.ts';
import type {Clock} from '../contracts/clock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';

/** Hears what is wrong with one part of agent2, and undefined once it works again. */
export type Report = (text: Text | undefined) => void;

/** Reports to the loop what goes wrong in agent2 itself. */
export interface Problems {
  about(subject: string): Report;
  /** Reports to this loop from now on, first what was reported before it existed. */
  connect(loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot'>): void;
}

export function createProblems(clock: Pick<Clock, 'now'>): Problems {
  const early = new Map<string, Text | undefined>();
  let report = (subject: string, text: Text | undefined) => void early.set(subject, text);
  return {
    about: subject => text => report(subject, text),
    connect({dispatch, getSnapshot}) {
      report = (subject, text) => {
        // Most parts report every second that they work.
        if (text !== undefined || getSnapshot().problems[subject] !== undefined)
          dispatch({type: 'problem', at: clock.now(), about: subject, text});
      };
      for (const [subject, text] of early) report(subject, text);
      early.clear();
    },
  };
}
