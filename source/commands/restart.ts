import {defineCommand, EXIT} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {definedOnly} from '../format/defined-only.ts';
import {askMonitor} from '../instances/ask.ts';
import {interruptedBy} from '../cli/interrupt.ts';
import {jsonOption, selectorOptions} from '../cli/selector-options.ts';

/** Longer than any restart with its verification takes. */
const OUTCOME_MS = 3_600_000;

export const definition = defineCommand({
  group: 'ask',
  summary: () => say`restarts a target and prints the outcome`,
  words: {target: {completion: 'target'}},
  options: {
    wait: {
      negated: true,
      help: () => say`return when the restart has begun, without waiting for its outcome`,
    },
    ...selectorOptions,
    json: jsonOption,
  },
  examples: ['agent2 restart', 'agent2 restart web --no-wait'],
  async run({words: {target}, options, out, err}) {
    const code = await askMonitor({
      what: 'restart',
      body: definedOnly({target, wait: options.wait}),
      selector: options,
      json: options.json ?? false,
      out,
      deadlineMs: OUTCOME_MS,
      signal: interruptedBy('SIGINT', 'SIGTERM', 'SIGHUP'),
    });
    if (code === EXIT.interrupted)
      err.write(`agent2: ${say`stopped waiting; the restart goes on, and agent2 watches it`}\n`);
    return code;
  },
});
