import {UsageError} from '../../contracts/command.ts';
import {say} from '../../core/text/say.ts';
import type {Level} from '../../core/model/state.ts';
import type {LogHead} from '../../documents/log-entry.ts';
import {isAtLeast, levels} from '../../documents/log-line.ts';
import {sanitize} from '../../format/sanitize.ts';
import {parseWhen, whenWanted} from '../../format/when.ts';
import type {Wanted} from '../../io/logs/log-entries.ts';
import {wordFrom} from '../../cli/options.ts';
import type {Selector} from '../../instances/selector.ts';

export interface LogsOptions extends Selector {
  readonly follow?: boolean;
  readonly level?: string;
  readonly since?: string;
  readonly until?: string;
  readonly lines?: string;
  readonly target?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** Which entries the options ask for. Throws a `UsageError`. */
export function wantedFrom(
  {level: word, since: from, until: to, target, follow}: LogsOptions,
  now: number,
): Wanted {
  const level: Level = word === undefined ? 'debug' : wordFrom('--level', word, levels, 'warning');
  const since = from === undefined ? -Infinity : whenFrom('--since', from, now);
  const until = to === undefined ? Infinity : whenFrom('--until', to, now);
  if (since > until)
    throw new UsageError(
      say`--since ${quoted(from)} is later than --until ${quoted(to)}, so nothing lies between; exchange them`,
    );
  if (follow && to !== undefined)
    throw new UsageError(say`--until ends what is shown, and -f goes on; leave one of them away`);
  const anything =
    word === undefined && from === undefined && to === undefined && target === undefined;
  return {
    since,
    until,
    isWanted({at, level: own, target: about}: LogHead) {
      if (at === undefined) return anything;
      return (
        at >= since &&
        at <= until &&
        isAtLeast(own ?? 'info', level) &&
        (target === undefined || about === target)
      );
    },
  };
}

const MOST_LINES = 1_000_000;
const USUAL_LINES = 50;

/** How many of the last entries are shown; Infinity for all that the other options ask for. Throws a `UsageError`. */
export function countFrom({lines, since, until}: LogsOptions): number {
  if (lines === undefined)
    return since === undefined && until === undefined ? USUAL_LINES : Infinity;
  if (/^all$/i.test(lines)) return Infinity;
  if (/^\d{1,7}$/.test(lines) && Number(lines) <= MOST_LINES) return Number(lines);
  throw new UsageError(
    say`-n ${quoted(lines)} is not allowed; wanted is a whole number up to ${MOST_LINES}, or all, e.g. -n 50`,
  );
}

function whenFrom(option: string, text: string, now: number): number {
  const at = parseWhen(text, now);
  if (at !== undefined) return at;
  throw new UsageError(
    say`${option} ${quoted(text)} is no time; ${whenWanted()}, e.g. ${option} 1h`,
  );
}

function quoted(text = ''): string {
  return `'${sanitize(text, 40)}'`;
}
