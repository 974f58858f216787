import {EXIT, UsageError, type CommandDefinition} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import {
  isRunning,
  onlyTarget,
  statusDocument,
  worstOf,
  type MonitorLook,
} from '../../documents/monitor-look.ts';
import {NAGIOS} from '../../format/nagios.ts';
import {sanitize} from '../../format/sanitize.ts';
import {statusReport} from './report.ts';
import {wrap} from '../../format/width.ts';
import {inspectMonitor} from '../../instances/inspect.ts';
import {parse, parser} from '../../cli/options.ts';
import {selectedStateDir, stateDirsOf, type Selector} from '../../instances/selector.ts';

interface StatusOptions extends Selector {
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly color?: boolean;
}

export const definition: CommandDefinition = {
  usage: 'status [target] [--json] [--watch]',
  get summary() {
    return say`how monitors and targets are, and their last fixes; exit code 0 ok, 1 warn, 2 down, 3 unknown`;
  },
  async run(argv) {
    const command = parser('status', definition.summary, [
      'agent2 status',
      'agent2 status web --json',
      'agent2 status --watch',
    ])
      .usage('[target] [options]')
      .option('--json', say`the result as one JSON object`)
      .option('--watch', say`stay, and show every change; Ctrl-C ends it`)
      .option('--name <NAME>', say`the running monitor, by the name of what it watches`)
      .option('--state-dir <DIR>', say`where the running monitor keeps its files`)
      .option('--no-color', say`no colours (NO_COLOR does the same)`);
    const parsed = parse<StatusOptions>(
      command,
      argv,
      1,
      say`at most one target is wanted, e.g. agent2 status web`,
    );
    if (parsed.kind === 'help') {
      process.stdout.write(parsed.text);
      return EXIT.done;
    }
    const {options, words} = parsed;
    const look = () => lookAll(options, words[0]);
    if (options.watch)
      return (await import('./watch.ts')).watchStatus(
        look,
        (looks, width) => textOf(looks, options, width),
        options.json ?? false,
      );
    const looks = await look();
    process.stdout.write(textOf(looks, options, columnsOf()));
    return NAGIOS[worstOf(looks)];
  },
};

const MOST_ENDED = 3;

/** The monitors that run; where none does, what the last ones said. Throws a `UsageError` for a target that none of them has. */
async function lookAll(
  which: Selector,
  target: string | undefined,
): Promise<readonly MonitorLook[]> {
  const now = Date.now();
  const all = (
    await Promise.all(stateDirsOf(which).map(stateDir => inspectMonitor(stateDir, now)))
  ).filter(look => look !== undefined);
  const running = all.filter(isRunning);
  const meant =
    running.length > 0
      ? running
      : [...all].sort((a, b) => (a.ageMs ?? Infinity) - (b.ageMs ?? Infinity)).slice(0, MOST_ENDED);
  if (target === undefined) return meant;
  const having = meant
    .map(look => onlyTarget(look, target))
    .filter(({status}) => status && status.targets.length > 0);
  const known = meant.flatMap(
    ({status}) => status?.targets.map(({name}) => sanitize(name, 63)) ?? [],
  );
  if (having.length === 0 && known.length > 0)
    throw new UsageError(
      say`nothing called '${sanitize(target, 63)}' is watched; there is ${known.join(', ')}`,
    );
  return having;
}

function textOf(looks: readonly MonitorLook[], options: StatusOptions, width: number): string {
  if (options.json)
    return `${JSON.stringify(statusDocument(looks), undefined, options.watch ? undefined : 2)}\n`;
  if (looks.length === 0) return `${wrap(noneText(options), width).join('\n')}\n`;
  return statusReport(looks, {now: Date.now(), width, colour: hasColour(options)});
}

function noneText(which: Selector): string {
  const named = selectedStateDir(which, stateDirsOf(which));
  return named === undefined
    ? say`no agent2 is running; start one, e.g. agent2 start http://127.0.0.1:3000/`
    : say`no agent2 is running in ${sanitize(named, 4_096)}, and none ever was; start one, e.g. agent2 start http://127.0.0.1:3000/`;
}

function hasColour({color}: StatusOptions): boolean {
  return (
    Boolean(process.stdout.isTTY) &&
    color !== false &&
    !process.env.NO_COLOR &&
    process.env.TERM !== 'dumb'
  );
}

const WIDTH = 80;

/** `watch` tells in the environment how wide its screen is. */
function columnsOf(): number {
  const told = Number(process.env.COLUMNS);
  return process.stdout.columns || (Number.isInteger(told) && told >= 40 ? told : WIDTH);
}
