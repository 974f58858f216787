import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {isAtLeast, logLine} from '../format/log-line.ts';
import {announcedHandover} from './shared/handover-file.ts';
import {openMonitor} from './shared/open-monitor.ts';
import {addMonitorOptions, addTargetOptions, logLevelFrom, parse, parser, splitChild, type MonitorOptions} from './shared/options.ts';
import {catchSignals} from './shared/signals.ts';
import {watchlistFor} from './shared/watchlist.ts';

export const definition: CommandDefinition = {
  usage: 'run [url] [options] [-- CMD …]',
  summary: 'the same loop with no screen; logs to stdout, for systemd, launchd and containers',
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addMonitorOptions(addTargetOptions(parser('run', definition.summary).usage('[url] [options] [-- CMD …]')));
    const parsed = parse<MonitorOptions>(command, own, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const logLevel = logLevelFrom(options.logLevel);
    const signals = catchSignals();
    const handover = announcedHandover(process.env);
    const open = await openMonitor({
      ...(await watchlistFor(words, options, child)),
      stateDirOption: options.stateDir,
      logLevel,
      record: options.record,
      handover,
      onNotice: notice => isAtLeast(notice.level, logLevel) && signals.print(logLine(notice)),
    });
    return signals.end(open);
  },
};
