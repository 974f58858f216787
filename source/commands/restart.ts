import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {addAskOptions, askMonitor, type AskMonitorOptions} from '../instances/ask.ts';
import {parse, parser} from '../cli/options.ts';

/** Longer than any restart with its verification takes. */
const OUTCOME_MS = 3_600_000;

export const definition: CommandDefinition = {
  usage: 'restart [target] [options]',
  get summary() {
    return say`asks the running monitor for a restart, and says how it went`;
  },
  async run(argv) {
    const command = addAskOptions(
      parser('restart', definition.summary, ['agent2 restart', 'agent2 restart web --no-wait'])
        .usage('[target] [options]')
        .option('--no-wait', say`answer when it has begun, not when its outcome is known`),
    );
    const parsed = parse<AskMonitorOptions & {readonly wait: boolean}>(
      command,
      argv,
      1,
      say`wanted is at most one target, e.g. agent2 restart web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const interrupt = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => interrupt.abort());
    const code = await askMonitor(
      'restart',
      {...(words[0] === undefined ? {} : {target: words[0]}), wait: options.wait},
      options,
      OUTCOME_MS,
      interrupt.signal,
    );
    if (code === EXIT.interrupted)
      process.stderr.write(
        `agent2: ${say`not waited for any longer; the restart goes on, and agent2 watches it`}\n`,
      );
    return code;
  },
};
