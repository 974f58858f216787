import {didYouMean} from '../../config/did-you-mean.ts';
import {defineCommand, UsageError, type Output} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import {
  isRunning,
  onlyTarget,
  statusDocument,
  worstOf,
  type InspectedMonitor,
} from '../../documents/inspected-monitor.ts';
import {NAGIOS} from '../../format/nagios.ts';
import {sanitize} from '../../format/sanitize.ts';
import {statusReport} from './report.ts';
import {wrap} from '../../format/width.ts';
import {inspectMonitor} from '../../instances/inspect.ts';
import {colorOption, isColored} from '../../cli/color.ts';
import {jsonOption, selectorOptions} from '../../cli/selector-options.ts';
import {refuseUnreadable} from '../../instances/running.ts';
import {selectedStateDir, stateDirsOf, type Selector} from '../../instances/selector.ts';
import {refuseUnknownName} from '../../instances/unknown-name.ts';

export const definition = defineCommand({
  group: 'ask',
  summary: () =>
    say`shows monitors, targets and recent fixes; exit code 0 ok, 1 warn, 2 down, 3 unknown`,
  words: {target: {completion: 'target'}},
  options: {
    watch: {help: () => say`keep running and show every change; Ctrl-C ends it`},
    ...selectorOptions,
    json: jsonOption,
    color: colorOption,
  },
  examples: ['agent2 status', 'agent2 status web --json', 'agent2 status --watch'],
  async run({words: {target}, options, out}) {
    const {json = false, watch = false} = options;
    const inspect = () => inspectAll(options, target);
    const textOf = (looks: readonly InspectedMonitor[], width: number) =>
      json
        ? jsonText(looks, watch)
        : plainText(looks, width, options, isColored(out, options.color));
    if (watch) return (await import('./watch.ts')).watchStatus(inspect, textOf, json);
    const looks = await inspect();
    out.write(textOf(looks, widthOf(out)));
    return NAGIOS[worstOf(looks)];
  },
});

const MOST_ENDED = 3;

/** The running monitors, else the last status of the ended ones. Rejects with a `UsageError` for a target that none of them has. */
async function inspectAll(
  selector: Selector,
  target: string | undefined,
): Promise<readonly InspectedMonitor[]> {
  const now = Date.now();
  const stateDirs = stateDirsOf(selector);
  refuseUnreadable(selector, stateDirs);
  refuseUnknownName(selector, stateDirs);
  const all = (await Promise.all(stateDirs.map(stateDir => inspectMonitor(stateDir, now)))).filter(
    look => look !== undefined,
  );
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
      message`there is no target '${sanitize(target, 63)}'; the targets are ${known.join(', ')}${didYouMean(target, known)}`,
    );
  return having;
}

function jsonText(looks: readonly InspectedMonitor[], onOneLine: boolean): string {
  return `${JSON.stringify(statusDocument(looks), undefined, onOneLine ? undefined : 2)}\n`;
}

function plainText(
  looks: readonly InspectedMonitor[],
  width: number,
  selector: Selector,
  colour: boolean,
): string {
  if (looks.length === 0) return `${wrap(noneText(selector), width).join('\n')}\n`;
  return statusReport(looks, {now: Date.now(), width, colour});
}

function noneText(selector: Selector): string {
  const selected = selectedStateDir(selector, stateDirsOf(selector));
  return selected === undefined
    ? say`no agent2 is running; start one, e.g. agent2 start http://127.0.0.1:3000/`
    : say`no agent2 is running in ${sanitize(selected, 4_096)}, and none ever was; start one, e.g. agent2 start http://127.0.0.1:3000/`;
}

const WIDTH = 80;

/** The width of the terminal: the program `watch` passes it in the environment. */
function widthOf(out: Output): number {
  const told = Number(process.env.COLUMNS);
  return out.columns || (Number.isInteger(told) && told >= 40 ? told : WIDTH);
}
