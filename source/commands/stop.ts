import {EXIT, UsageError, type CommandDefinition} from '../contracts/command.ts';
import {say} from '../core/text/say.ts';
import {formatDuration, parseDuration} from '../format/duration.ts';
import {sanitize} from '../format/sanitize.ts';
import {holderOf, type Holder} from '../io/state-dir/lock.ts';
import {parse, parser} from '../cli/options.ts';
import {stopMonitor} from '../instances/stop.ts';
import {
  selectorOptions,
  selectedStateDir,
  stateDirsOf,
  type Selector,
} from '../instances/selector.ts';

interface StopOptions extends Selector {
  readonly all?: boolean;
  readonly force?: boolean;
  readonly timeout?: string;
}

export const definition: CommandDefinition = {
  usage: 'stop [--name NAME] [--all] [--force]',
  get summary() {
    return say`ends the monitor that runs in the background, and what it had started; returns when it is gone`;
  },
  async run(argv) {
    const command = parser('stop', definition.summary, [
      'agent2 stop',
      'agent2 stop --name web --timeout 2m',
    ])
      .usage('[options]')
      .option('--name <NAME>', say`the running monitor, by the name of what it watches`)
      .option('--state-dir <DIR>', say`where the running monitor keeps its files`)
      .option('--all', say`every monitor of yours that runs`)
      .option(
        '--timeout <TIME>',
        say`how long it may take (default: what its services and their fixes need)`,
      )
      .option('--force', say`kill it when it takes longer, also where systemd runs it`);
    const parsed = parse<StopOptions>(
      command,
      argv,
      0,
      say`no words are wanted; say which one as in agent2 stop --name web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options} = parsed;
    const timeoutMs = options.timeout === undefined ? undefined : timeoutOf(options.timeout);
    const places = stateDirsOf(options);
    const running = places.flatMap(stateDir => {
      const holder = holderOf(stateDir);
      return holder ? [{stateDir, holder}] : [];
    });
    if (running.length === 0) {
      const named = selectedStateDir(options, places);
      process.stdout.write(
        `${named === undefined ? say`no agent2 is running: there is nothing to stop` : say`no agent2 is running in ${sanitize(named, 4_096)}: there is nothing to stop`}\n`,
      );
      return EXIT.done;
    }
    if (running.length > 1 && !options.all)
      throw new UsageError(
        say`there are several: ${running.map(known).join(', ')}; say which, e.g. agent2 stop ${sanitize(
          selectorOptions(
            running.map(({stateDir}) => stateDir),
            options,
          ),
          4_096,
        )}, or all of them: agent2 stop --all`,
      );
    const results = await Promise.all(
      running.map(({stateDir, holder}) =>
        stopMonitor(stateDir, holder, {timeoutMs, force: options.force ?? false}),
      ),
    );
    for (const {ok, text} of results)
      (ok ? process.stdout : process.stderr).write(`${ok ? '' : 'agent2: '}${text}\n`);
    return results.every(({ok}) => ok) ? EXIT.done : EXIT.failed;
  },
};

function timeoutOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms <= 86_400_000) return ms;
  throw new UsageError(
    say`--timeout '${sanitize(text, 40)}' is no usable duration; allowed is 0s to 24h, e.g. --timeout ${formatDuration(30_000)}`,
  );
}

function known({stateDir, holder}: {readonly stateDir: string; readonly holder: Holder}): string {
  return sanitize(
    say`pid ${holder.pid} (${holder.targets.join(', ') || '?'}, in ${stateDir})`,
    300,
  );
}
