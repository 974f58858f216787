import {homedir} from 'node:os';
import {targetFrom} from '../config/target-options.ts';
import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {addMonitorOptions, addScreenOptions, addTargetOptions, logLevelFrom, parse, parser, splitChild, type MonitorOptions, type ScreenOptions} from './shared/options.ts';
import {hasScreen, watchPlainly} from './shared/plain.ts';

export const definition: CommandDefinition = {
  usage: 'watch [url] [options] [-- CMD …]',
  summary: 'what agent2 does without a command: watch and heal one service, live in the terminal',
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addScreenOptions(addMonitorOptions(addTargetOptions(parser('watch', definition.summary).usage('[url] [options] [-- CMD …]'))));
    const parsed = parse<MonitorOptions & ScreenOptions>(command, own, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const target = targetFrom(words[0], options, child, homedir());
    const setup = {target, stateDirOption: options.stateDir, logLevel: logLevelFrom(options.logLevel)};
    if (!hasScreen()) return watchPlainly(setup);
    const {watchOnScreen} = await import('./shared/screen.ts');
    return watchOnScreen(setup, options);
  },
};
