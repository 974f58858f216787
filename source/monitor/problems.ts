import type {Text} from '../core/model/text.ts';
import type {Clock} from '../contracts/clock.ts';
import type {RunningMonitor} from '../runtime/monitor.ts';

/** Reports a problem of one part of agent2; undefined when it works again. */
export type Report = (text: Text | undefined) => void;

/** Reports agent2's own problems to the loop. */
export interface Problems {
  /** The report for one part, by its key in the status file: `log`, `status file`. */
  about(subject: string): Report;
  /** Reports to this loop from now on, and at once what was reported before. */
  connect(loop: Pick<RunningMonitor, 'dispatch' | 'getSnapshot'>): void;
}

export function createProblems(clock: Pick<Clock, 'now'>): Problems {
  const early = new Map<string, Text | undefined>();
  let report = (subject: string, text: Text | undefined) => void early.set(subject, text);
  return {
    about: subject => text => report(subject, text),
    connect({dispatch, getSnapshot}) {
      report = (subject, text) => {
        // Most parts report every second; only a change matters.
        if (text !== undefined || getSnapshot().problems[subject] !== undefined)
          dispatch({type: 'problem', at: clock.now(), about: subject, text});
      };
      for (const [subject, text] of early) report(subject, text);
      early.clear();
    },
  };
}
