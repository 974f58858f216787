import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {pauseMsFrom} from '../control/server/pause-time.ts';
import {say} from '../core/text/say.ts';
import {addAskOptions, askMonitor, type AskMonitorOptions} from '../instances/ask.ts';
import {parse, parser} from '../cli/options.ts';

/** As one says a time, and not as it is typed here. */
const UNIT = /^(secs?|seconds?|mins?|minutes?|hours?|days?)$/i;

export const definition: CommandDefinition = {
  usage: 'pause [target] [--for 30m]',
  get summary() {
    return say`neither probes nor heals one target, or all, until it is resumed or the time is over`;
  },
  async run(argv) {
    const command = addAskOptions(
      parser('pause', definition.summary, ['agent2 pause --for 30m', 'agent2 pause web'])
        .usage('[target] [options]')
        .option(
          '--for <TIME>',
          say`how long, e.g. 30m; at most 30d (default: until it is resumed)`,
        ),
    );
    const parsed = parse<AskMonitorOptions & {readonly for?: string}>(
      command,
      argv,
      1,
      say`wanted is at most one target, e.g. agent2 pause web --for 30m`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const given = options.for === undefined ? undefined : pauseMsFrom(options.for, '--for');
    if (/^\d+$/.test(options.for ?? '') && UNIT.test(words[0] ?? ''))
      throw new UsageError(
        say`--for ${options.for ?? ''} ${words[0] ?? ''} are two words, and the second would be a target; write it as one, e.g. --for ${options.for ?? ''}${(words[0] ?? '').charAt(0).toLowerCase()}`,
      );
    if (given?.kind === 'wrong') throw new UsageError(given.message);
    return askMonitor(
      'pause',
      {
        ...(words[0] === undefined ? {} : {target: words[0]}),
        ...(options.for === undefined ? {} : {for: options.for}),
      },
      options,
    );
  },
};
