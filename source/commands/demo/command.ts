import {join} from 'node:path';
import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {freePort} from '../../io/net/free-port.ts';
import {temporaryDir} from '../../io/files/temporary-dir.ts';
import {faultsOf} from './faults.ts';
import {demoTarget} from './target.ts';
import {hangupFrom} from '../../session/hangup.ts';
import {
  addMonitorOptions,
  addScreenOptions,
  logFrom,
  parse,
  parser,
  type MonitorOptions,
  type ScreenOptions,
} from '../../cli/options.ts';
import {hasScreen, watchPlainly} from '../../session/plain.ts';
import {checkThemeName} from '../../cli/themes.ts';

export const definition: CommandDefinition = {
  usage: 'demo [options]',
  get summary() {
    return say`watches a small service of its own, with keys to break it and see it heal`;
  },
  async run(argv) {
    const command = addScreenOptions(
      addMonitorOptions(
        parser('demo', definition.summary, ['agent2 demo', 'agent2 demo --preset prod']).option(
          '--preset <NAME>',
          say`timings and limits (default: dev)`,
        ),
      ),
    );
    const parsed = parse<MonitorOptions & ScreenOptions>(command, argv, 0);
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options} = parsed;
    checkThemeName(options.theme);
    hangupFrom(options.onHangup);
    if (options.readOnly)
      throw new UsageError(
        say`--read-only shows an agent2 that runs already, and the demo begins one of its own; leave it away, or show the demo from another terminal: agent2 --read-only --state-dir DIR`,
      );
    const given = options.stateDir ?? process.env.AGENT2_STATE_DIR;
    const temporary = given === undefined ? temporaryDir('agent2-demo-') : undefined;
    const stateDir = given ?? temporary?.path ?? '';
    try {
      const port = await freePort();
      const setup = {
        targets: [demoTarget(port, options, join(stateDir, 'demo.pid'))],
        stateDirOption: stateDir,
        passing: temporary !== undefined,
        log: logFrom(options),
        record: options.record,
      };
      if (!hasScreen()) return await watchPlainly(setup);
      const {watchOnScreen} = await import('../../session/screen.ts');
      // Its service is there for who looks at it, whatever the preset.
      return await watchOnScreen(
        setup,
        {...options, onHangup: options.onHangup ?? 'exit'},
        say`the demo ends with its screen: it does not go to the background`,
        open => faultsOf(open, port),
      );
    } finally {
      temporary?.remove();
    }
  },
};
