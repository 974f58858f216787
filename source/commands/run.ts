import {hangNote} from '../cli/hang-note.ts';
import {defineCommand} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {continueBelowInit} from '../io/run/below-init.ts';
import {announcedHandover} from '../monitor/hand-over-file.ts';
import {openMonitor} from '../monitor/open.ts';
import {notifyServiceManager} from '../monitor/service-manager.ts';
import {runOptions} from '../cli/run-options.ts';
import {setupFor} from '../cli/watchlist.ts';
import {warnOfOtherHealer} from '../session/other-healer.ts';
import {catchSignals} from '../session/signals.ts';

export const definition = defineCommand({
  group: 'watch',
  summary: () => say`watches in the foreground without a screen: for systemd, launchd, containers`,
  words: {url: {}},
  takesChild: true,
  options: runOptions,
  notes: () => [hangNote()],
  examples: [
    "agent2 run http://127.0.0.1:3000/ --restart 'systemctl restart web'",
    'agent2 run --config /etc/agent2/agent2.yaml --log-format json',
    'agent2 run http://127.0.0.1:3000/ -- node server.js',
  ],
  async run({words: {url}, options, child, err}) {
    continueBelowInit();
    const manager = notifyServiceManager(process.env);
    const signals = catchSignals();
    const handover = announcedHandover(process.env);
    const setup = await setupFor(url, options, child);
    warnOfOtherHealer(setup, err);
    const open = await openMonitor({
      ...setup,
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
});
