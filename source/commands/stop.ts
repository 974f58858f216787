import {timeSpan} from '../config/options/values.ts';
import {defineCommand, EXIT, UsageError} from '../contracts/command.ts';
import {message} from '../core/text/message.ts';
import {say} from '../core/text/say.ts';
import {sanitize} from '../format/sanitize.ts';
import {runningIn} from '../instances/running.ts';
import {selectedStateDir, selectorWords, stateDirsOf} from '../instances/selector.ts';
import {stopMonitor} from '../instances/stop.ts';
import {refuseUnknownName} from '../instances/unknown-name.ts';
import type {Holder} from '../io/state-dir/lock.ts';
import {selectorOptions} from '../cli/selector-options.ts';

export const definition = defineCommand({
  group: 'watch',
  summary: () => say`stops a monitor and the services that it started; returns when they are gone`,
  words: {},
  options: {
    ...selectorOptions,
    all: {help: () => say`stop every monitor of yours`},
    timeout: {
      value: timeSpan(0, 86_400_000, '30s'),
      help: () => say`longest time to wait (default: what its services and fixes need)`,
    },
    force: {help: () => say`kill it after that time, even when systemd runs it`},
  },
  examples: ['agent2 stop', 'agent2 stop --name web --timeout 2m'],
  async run({options, out, err}) {
    const stateDirs = stateDirsOf(options);
    const running = runningIn(options, stateDirs);
    if (running.length === 0) {
      // Nothing to stop is a success. An unknown name is a mistake only when other monitors run.
      refuseUnknownName(options, stateDirs, {onlyRunning: true});
      const selected = selectedStateDir(options, stateDirs);
      out.write(
        `${selected === undefined ? say`no agent2 is running: there is nothing to stop` : say`no agent2 is running in ${sanitize(selected, 4_096)}: there is nothing to stop`}\n`,
      );
      return EXIT.done;
    }
    if (running.length > 1 && !options.all)
      throw new UsageError(
        message`there are several: ${running.map(known).join(', ')}; name one, e.g. agent2 stop ${sanitize(
          selectorWords(
            running.map(({stateDir}) => stateDir),
            options,
          ),
          4_096,
        )}, or stop all: agent2 stop --all`,
      );
    const results = await Promise.all(
      running.map(({stateDir, holder}) =>
        stopMonitor(stateDir, holder, {
          timeoutMs: options.timeout,
          force: options.force ?? false,
        }),
      ),
    );
    for (const {ok, text} of results) (ok ? out : err).write(`${ok ? '' : 'agent2: '}${text}\n`);
    return results.every(({ok}) => ok) ? EXIT.done : EXIT.failed;
  },
});

function known({stateDir, holder}: {readonly stateDir: string; readonly holder: Holder}): string {
  return sanitize(
    say`pid ${holder.pid} (${holder.targets.join(', ') || '?'}, in ${stateDir})`,
    300,
  );
}
