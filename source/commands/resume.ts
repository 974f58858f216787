import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {addAskOptions, askMonitor, type AskMonitorOptions} from '../instances/ask.ts';
import {parse, parser} from '../cli/options.ts';

export const definition: CommandDefinition = {
  usage: 'resume [target]',
  get summary() {
    return say`probes and heals again what was paused: one target, or all`;
  },
  async run(argv) {
    const command = addAskOptions(
      parser('resume', definition.summary, ['agent2 resume', 'agent2 resume web']).usage(
        '[target] [options]',
      ),
    );
    const parsed = parse<AskMonitorOptions>(
      command,
      argv,
      1,
      say`wanted is at most one target, e.g. agent2 resume web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    return askMonitor('resume', words[0] === undefined ? {} : {target: words[0]}, options);
  },
};
