import {EXIT, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {openMonitor} from '../monitor/open.ts';
import {announcedHandover} from '../monitor/hand-over-file.ts';
import {
  addMonitorOptions,
  addTargetOptions,
  logFrom,
  parse,
  parser,
  splitChild,
  type MonitorOptions,
} from '../cli/options.ts';
import {catchSignals} from '../session/signals.ts';
import {tellServiceManager} from '../monitor/service-manager.ts';
import {watchlistFor} from '../cli/watchlist.ts';

export const definition: CommandDefinition = {
  usage: 'run [url] [options] [-- CMD …]',
  get summary() {
    return say`the same loop with no screen; logs to stdout, for systemd, launchd and containers`;
  },
  async run(argv) {
    const {own, child} = splitChild(argv);
    const command = addMonitorOptions(
      addTargetOptions(
        parser('run', definition.summary, [
          "agent2 run http://127.0.0.1:3000/ --restart 'systemctl restart web'",
          'agent2 run --config /etc/agent2/agent2.yaml --log-format json',
          'agent2 run http://127.0.0.1:3000/ -- node server.js',
        ]).usage('[url] [options] [-- CMD …]'),
      ),
    );
    const parsed = parse<MonitorOptions>(command, own, 1);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const log = logFrom(options);
    const manager = tellServiceManager(process.env);
    const signals = catchSignals();
    const handover = announcedHandover(process.env);
    const open = await openMonitor({
      ...(await watchlistFor(words, options, child)),
      stateDirOption: options.stateDir,
      log,
      record: options.record,
      handover,
      onNotice: notice => notice.logged && signals.print(notice.line),
      everySecond: manager?.everySecond,
    });
    return signals.end({
      ...open,
      async close() {
        manager?.stopping();
        await open.close();
        await manager?.settled();
      },
    });
  },
};
