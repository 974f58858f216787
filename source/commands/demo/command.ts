import {join} from 'node:path';
import {monitorOptions, presetOption} from '../../config/options/table.ts';
import {defineCommand, UsageError} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {freePort} from '../../io/net/free-port.ts';
import {temporaryDir} from '../../io/files/temporary-dir.ts';
import {faultsOf} from './faults.ts';
import {demoTarget} from './target.ts';
import {screenOptions} from '../../cli/screen-options.ts';
import {monitorFilesOf} from '../../cli/watchlist.ts';
import type {MonitorSetup} from '../../monitor/setup.ts';
import {hasScreen, watchPlainly} from '../../session/plain.ts';

export const definition = defineCommand({
  group: 'watch',
  summary: () => say`watches a small service of its own, with keys that break it`,
  words: {},
  options: {preset: presetOption(() => 'dev'), ...monitorOptions, ...screenOptions},
  examples: ['agent2 demo', 'agent2 demo --preset prod'],
  async run({options}) {
    if (options.readOnly)
      throw new UsageError(
        message`--read-only shows a running agent2, and the demo starts one of its own; leave it out, or show the demo from another terminal: agent2 --read-only --state-dir DIR`,
      );
    const given = options.stateDir ?? process.env.AGENT2_STATE_DIR;
    const temporary = given === undefined ? temporaryDir('agent2-demo-') : undefined;
    const stateDir = given ?? temporary?.path ?? '';
    try {
      const port = await freePort();
      const setup: MonitorSetup = {
        ...monitorFilesOf({...options, stateDir}),
        targets: [demoTarget(port, options.preset ?? 'dev', join(stateDir, 'demo.pid'))],
        temporary: temporary !== undefined,
      };
      if (!hasScreen()) return await watchPlainly(setup);
      const {watchOnScreen} = await import('../../session/screen.ts');
      // The demo ends with its terminal, whatever the preset: its service exists only for its user.
      return await watchOnScreen(
        setup,
        {...options, onHangup: options.onHangup ?? 'exit'},
        say`the demo ends with its screen and cannot move to the background`,
        open => faultsOf(open, port),
      );
    } finally {
      temporary?.remove();
    }
  },
});
