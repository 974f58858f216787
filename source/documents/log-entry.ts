import type {Level} from '../core/model/state.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {levels, logLine} from './log-line.ts';
import {sanitizeBlock} from '../format/sanitize.ts';
import {isoTime} from '../format/time.ts';

/** What the first line of an entry of a log says; all of it is missing for lines that nobody of ours wrote. */
export interface LogHead {
  readonly at?: number;
  readonly level?: Level;
  readonly logger?: string;
  readonly target?: string;
  readonly kind?: string;
}

/** A line of a log with those behind it that belong to it, as those of a stack trace do. `message` is what they say, `text` all of it as it stands there. */
export interface LogEntry extends LogHead {
  readonly message: string;
  readonly text: string;
}

type Head = LogHead & {readonly message: string; readonly json: boolean};

export interface Grouper {
  /** The entries that are complete, as far as they are wanted. */
  take(lines: readonly string[]): LogEntry[];
  /** The last one, whatever may come. */
  flush(): LogEntry[];
  /** When the first and the last of all entries so far were written. */
  first(): number | undefined;
  last(): number | undefined;
}

const MOST_LENGTH = 65_536;
const NOBODYS: Head = {message: '', json: false};

/** Puts lines together to entries, however they come. What is not the start of an entry belongs to the one before. Logs are long: what is not wanted is not even put together. */
export function createGrouper(isWanted: (head: LogHead) => boolean): Grouper {
  let head = NOBODYS;
  let wanted = isWanted(head);
  /** Undefined where nothing of the entry was seen since the last flush. */
  let text: string | undefined;
  let message = '';
  let first: number | undefined;

  function flushTo(done: LogEntry[]): LogEntry[] {
    if (text !== undefined && wanted)
      done.push({
        at: head.at,
        level: head.level,
        logger: head.logger,
        target: head.target,
        kind: head.kind,
        message,
        text,
      });
    text = undefined;
    return done;
  }
  function begin(found: Head, line: string): void {
    head = found;
    first ??= found.at;
    wanted = isWanted(found);
    message = found.message;
    text = wanted && found.json ? asText(found) : line;
  }
  return {
    take(lines) {
      const done: LogEntry[] = [];
      for (const line of lines) {
        const found = headOf(line);
        if (found) {
          flushTo(done);
          begin(found, line);
        } else if (wanted && text === undefined) {
          // The rest of one that was shown already, or lines before any entry.
          message = text = line;
        } else if (wanted && text !== undefined && text.length < MOST_LENGTH) {
          message = `${message}\n${line}`;
          text = `${text}\n${line}`;
        }
      }
      return done;
    },
    flush: () => flushTo([]),
    first: () => first,
    last: () => head.at,
  };
}

/** When a line was written, where it says so. */
export function timeOf(line: string): number | undefined {
  return headOf(line)?.at;
}

/** One line by itself; undefined where it is not the first of an entry. */
export function readLogLine(line: string): (LogHead & {readonly message: string}) | undefined {
  return headOf(line);
}

/** One object, as `--log-format json` writes them; null for what is not known. */
export function entryObject({at, level, logger, target, kind, message}: LogEntry): string {
  const timestamp = at === undefined ? null : isoTime(at);
  return JSON.stringify({
    timestamp,
    level: level ?? null,
    logger: logger ?? null,
    target: target ?? null,
    kind: kind ?? null,
    message: sanitizeBlock(message, MOST_LENGTH),
  });
}

/** As text, safe for a terminal; `colour` marks the level. */
export function entryText({text, level}: LogEntry, colour: boolean): string {
  const safe = sanitizeBlock(text, MOST_LENGTH);
  if (!colour || level === undefined) return safe;
  if (level === 'debug') return `\u001b[2m${safe}\u001b[22m`;
  return safe.replace(
    / - (?:INFO|WARNING|ERROR|CRITICAL) - /,
    mark => ` - \u001b[${COLOURS[level]}m${mark.slice(3, -3)}\u001b[39m - `,
  );
}

/** The sixteen colours that every terminal has, in its own shades. */
const COLOURS = {info: 32, warning: 33, error: 31} as const;

function headOf(line: string): Head | undefined {
  return line.startsWith('{') ? jsonHead(line) : textHead(line);
}

const TEXT =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - [^ ]{1,80} - (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - /;
const TIME_LENGTH = '2026-01-27 10:30:05,123'.length;
const BETWEEN = ' - ';

/** As Python's logging writes it, in local time. Logs are long: nothing is taken apart that is not needed. */
function textHead(line: string): Head | undefined {
  if (!TEXT.test(line)) return undefined;
  const number = (from: number, length: number) => Number(line.slice(from, from + length));
  const at = new Date(
    number(0, 4),
    number(5, 2) - 1,
    number(8, 2),
    number(11, 2),
    number(14, 2),
    number(17, 2),
    number(20, 3),
  ).getTime();
  const afterTime = TIME_LENGTH + BETWEEN.length;
  const afterLogger = line.indexOf(BETWEEN, afterTime);
  const afterLevel = line.indexOf(BETWEEN, afterLogger + BETWEEN.length);
  const [logger, word] = [
    line.slice(afterTime, afterLogger),
    line.slice(afterLogger + BETWEEN.length, afterLevel),
  ];
  const rest = line.slice(afterLevel + BETWEEN.length);
  const colon = rest.indexOf(': ');
  const named = colon > 0 && !/\s/.test(rest.slice(0, colon));
  return {
    at,
    level: levelOf(word),
    logger: logger.toLowerCase(),
    target: named ? rest.slice(0, colon) : undefined,
    message: named ? rest.slice(colon + 2) : rest,
    json: false,
  };
}

function jsonHead(line: string): Head | undefined {
  const value = parseJson(line);
  if (
    !isRecord(value) ||
    typeof value.timestamp !== 'string' ||
    typeof value.level !== 'string' ||
    typeof value.message !== 'string'
  )
    return undefined;
  const at = Date.parse(value.timestamp);
  const level = levelOf(value.level);
  if (!Number.isFinite(at) || level === undefined) return undefined;
  const word = (key: string) => (typeof value[key] === 'string' ? value[key] : undefined);
  return {
    at,
    level,
    logger: word('logger'),
    target: word('target'),
    kind: word('kind'),
    message: value.message,
    json: true,
  };
}

function levelOf(word: string): Level | undefined {
  const lower = word.toLowerCase();
  return lower === 'critical' ? 'error' : levels.find(level => level === lower);
}

function asText({at = 0, level = 'info', target, message}: Head): string {
  return logLine({at, level, target: target ?? 'agent2', text: message});
}
