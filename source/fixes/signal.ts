import type {Remark} from '../contracts/examination.ts';
import type {FixDefinition, FixScene} from '../contracts/fix.ts';
import type {FixOutcome} from '../core/model/event.ts';
import {message} from '../core/text/message.ts';
import {span} from '../core/text/span.ts';
import {accessFacts} from '../io/files/access-facts.ts';
import {isoTime} from '../format/time.ts';
import {
  isSignalThere,
  removeSignal,
  signalPath,
  writeSignal,
} from '../io/state-dir/restart-signal.ts';
import {until} from '../io/until.ts';
import {TIMEOUT_MS} from './shared/timeout.ts';
import {say} from '../core/text/say.ts';

const POLL_MS = 200;

/** Writes `restart_signal` and waits for a consumer; AgentOS's Agent1 is one. Withdraws an unconsumed signal when it no longer matters. */
export const definition: FixDefinition<object> = {
  get summary() {
    return say`write restart_signal, for the program that restarts the service`;
  },
  traits: {heals: true, ownsProcess: false, takenByOthers: true, verb: 'will'},
  options: z => z.strictObject({}),
  examples: [{}],
  refuses: [],
  describe: () => message`write restart_signal for Agent1`,
  longestMs: () => TIMEOUT_MS,
  confines: () => 'nothing',
  examine: async (_options, scene) => unconsumed(scene),
  create: (_options, {target, stateDir, now}) => ({
    leavable: true,
    async restart({reason, cause}, {signal, onSignalled}): Promise<FixOutcome> {
      const path = signalPath(stateDir);
      writeSignal(path, {timestamp: isoTime(now()), reason, cause, target});
      onSignalled();
      const taken = await until(() => !isSignalThere(path), {everyMs: POLL_MS, signal});
      if (taken) return {kind: 'done', detail: message`restart_signal was consumed`};
      removeSignal(path);
      return {kind: 'failed', detail: message`no process consumed restart_signal`};
    },
  }),
};

/** The restarter consumes the signal: an old one shows that none runs. */
function unconsumed({stateDir, now, otherFix}: FixScene): Remark {
  const path = stateDir === undefined ? undefined : signalPath(stateDir);
  const facts = path === undefined ? undefined : accessFacts(path);
  const ageMs = facts?.kind === 'there' ? now() - facts.writtenAt : 0;
  if (ageMs > UNTAKEN_MS)
    return {
      id: 'restart_signal_untaken',
      level: 'fail',
      seen: say`restart_signal was written ${span(ageMs)} ago and no process consumed it (is Agent1 running?); without Agent1, let agent2 restart the target itself`,
      next: otherFix({
        option: "--restart 'agentos webui restart'",
        fix: '{use: command, restart: [agentos, webui, restart]}',
      }),
    };
  return {id: 'fix', level: 'ok', seen: say`a restart_signal file, which Agent1 must consume`};
}

const UNTAKEN_MS = 30_000;
