import type {FixDefinition} from '../contracts/fix.ts';
import type {FixOutcome} from '../core/model/event.ts';
import {say} from '../core/text/say.ts';
import {isoTime} from '../format/time.ts';
import {
  isSignalThere,
  removeSignal,
  signalPath,
  writeSignal,
} from '../io/state-dir/restart-signal.ts';
import {until} from '../io/until.ts';
import {TIMEOUT_MS} from './shared/timeout.ts';

const POLL_MS = 200;

/** Writes `restart_signal` and waits for whoever consumes it; AgentOS's Agent1 does. What nobody took is withdrawn when it no longer matters. */
export const definition: FixDefinition<object> = {
  get summary() {
    return say`write restart_signal, for whoever restarts the service`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: true, verb: 'will'},
  options: z => z.strictObject({}),
  examples: [{}],
  refuses: [],
  describe: () => say`write restart_signal for Agent1`,
  longestMs: () => TIMEOUT_MS,
  confines: () => 'nothing',
  create: (_options, {target, stateDir, now}) => ({
    leavable: true,
    async restart({reason, cause}, {signal, onSignalled}): Promise<FixOutcome> {
      const path = signalPath(stateDir);
      writeSignal(path, {timestamp: isoTime(now()), reason, cause, target});
      onSignalled();
      const taken = await until(() => !isSignalThere(path), {everyMs: POLL_MS, signal});
      if (taken) return {kind: 'done', detail: say`the restart signal was taken`};
      removeSignal(path);
      return {kind: 'failed', detail: say`nobody took the restart signal`};
    },
  }),
};
