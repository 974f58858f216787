import {givenName, oneOf} from '../../config/options/values.ts';
import {UsageError, type OptionsOf, type ValueKind} from '../../contracts/command.ts';
import {message} from '../../core/text/message.ts';
import {say} from '../../core/text/say.ts';
import type {LogHead} from '../../documents/log-entry.ts';
import {isAtLeast, levels} from '../../documents/log-line.ts';
import {parseWhen, whenWanted} from '../../format/when.ts';
import type {Selection} from '../../io/logs/log-entries.ts';
import {colorOption} from '../../cli/color.ts';
import {selectorOptions} from '../../cli/selector-options.ts';

const MOST_LINES = 1_000_000;
const USUAL_LINES = 50;

export const logsOptions = {
  follow: {
    short: 'f',
    help: () =>
      say`keep printing new entries, across rotation; waits for a log that does not exist yet`,
  },
  level: {
    value: oneOf('LEVEL', levels, 'warning'),
    help: () => say`lowest level: debug, info, warning or error`,
  },
  since: {
    value: instant(),
    help: () => say`entries since then, e.g. 1h, 7d, 10:30 or 2026-01-27`,
  },
  until: {value: instant(), help: () => say`entries until then`},
  lines: {
    short: 'n',
    value: lineCount(),
    help: () => say`number of last entries, or all (default: 50; all with --since or --until)`,
  },
  target: {value: givenName('NAME', 'web', 'target'), help: () => say`entries about this target`},
  json: {help: () => say`print one JSON object per line, whatever the format of the log`},
  color: colorOption,
  ...selectorOptions,
} as const;

type LogsOptions = OptionsOf<typeof logsOptions>;

/** The entries that the options select. Throws a `UsageError` when they can select none. */
export function selectionFrom({level, since, until, target, follow}: LogsOptions): Selection {
  if (since !== undefined && until !== undefined && since > until)
    throw new UsageError(message`--since is later than --until; swap them`);
  if (follow && until !== undefined)
    throw new UsageError(message`--until and -f exclude each other; leave out one of them`);
  const anything = [level, since, until, target].every(option => option === undefined);
  return {
    since: since ?? -Infinity,
    until: until ?? Infinity,
    matches({at, level: own, target: about}: LogHead) {
      if (at === undefined) return anything;
      return (
        at >= (since ?? -Infinity) &&
        at <= (until ?? Infinity) &&
        isAtLeast(own ?? 'info', level ?? 'debug') &&
        (target === undefined || about === target)
      );
    },
  };
}

/** The number of last entries to show; Infinity for all that the other options select. */
export function countFrom({lines, since, until}: LogsOptions): number {
  return lines ?? (since === undefined && until === undefined ? USUAL_LINES : Infinity);
}

function instant(): ValueKind<number> {
  return {
    called: 'TIME',
    completion: 'time',
    example: '1h',
    expected: whenWanted,
    parse: text => parseWhen(text, Date.now()),
  };
}

function lineCount(): ValueKind<number> {
  return {
    called: 'N',
    completion: 'nothing',
    example: '50',
    expected: () => message`expected a whole number up to ${MOST_LINES}, or all`,
    parse(text) {
      if (/^all$/i.test(text)) return Infinity;
      return /^\d{1,7}$/.test(text) && Number(text) <= MOST_LINES ? Number(text) : undefined;
    },
  };
}
