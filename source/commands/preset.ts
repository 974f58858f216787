import {presetNames} from '../config/presets.ts';
import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {addAskOptions, askMonitor, type AskMonitorOptions} from '../instances/ask.ts';
import {parse, parser} from '../cli/options.ts';

export const definition: CommandDefinition = {
  usage: 'preset NAME [target]',
  get summary() {
    return say`gives one target of the running monitor, or all, other timings and limits`;
  },
  async run(argv) {
    const command = addAskOptions(
      parser('preset', definition.summary, ['agent2 preset prod', 'agent2 preset dev web']).usage(
        'NAME [target] [options]',
      ),
    );
    const parsed = parse<AskMonitorOptions>(
      command,
      argv,
      2,
      say`wanted are the name of a preset and at most one target, e.g. agent2 preset prod web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const [name, target] = words;
    if (name === undefined)
      throw new UsageError(
        say`preset needs a name: one of ${presetNames.join(', ')}, e.g. agent2 preset prod`,
      );
    return askMonitor('preset', {name, ...(target === undefined ? {} : {target})}, options);
  },
};
