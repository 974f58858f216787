import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {pauseMsFrom} from '../control/pause-time.ts';
import {say} from '../core/say.ts';
import {addAskOptions, askMonitor, type AskMonitorOptions} from './shared/ask-monitor.ts';
import {parse, parser} from './shared/options.ts';

export const definition: CommandDefinition = {
  usage: 'pause [target] [--for 30m]',
  get summary() {
    return say`neither probes nor heals one target, or all, until it is resumed or the time is over`;
  },
  async run(argv) {
    const command = addAskOptions(parser('pause', definition.summary).usage('[target] [options]').option('--for <TIME>', say`how long, e.g. 30m; at most 30d (default: until it is resumed)`));
    const parsed = parse<AskMonitorOptions & {readonly for?: string}>(command, argv, 1, say`wanted is at most one target, e.g. agent2 pause web --for 30m`);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const given = options.for === undefined ? undefined : pauseMsFrom(options.for, '--for');
    if (given?.kind === 'wrong') throw new UsageError(given.message);
    return askMonitor('pause', {...(words[0] === undefined ? {} : {target: words[0]}), ...(options.for === undefined ? {} : {for: options.for})}, options);
  },
};
