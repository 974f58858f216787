import type {Level} from '../core/model/target.ts';
import {isRecord, parseJson} from '../format/json.ts';
import {levels, logLine} from './log-line.ts';
import {sanitizeBlock} from '../format/sanitize.ts';
import {isoTime} from '../format/time.ts';

/** The fields in the first line of a log entry; all are missing for lines of other programs. */
export interface LogHead {
  readonly at?: number;
  readonly level?: Level;
  readonly logger?: string;
  readonly target?: string;
  readonly kind?: string;
}

/** A log line with its continuation lines, such as a stack trace. `message` has no head (time, level, target), `text` is the whole. */
export interface LogEntry extends LogHead {
  readonly message: string;
  readonly text: string;
}

type Head = LogHead & {readonly message: string; readonly json: boolean};

export interface Grouper {
  /** The complete and wanted entries. */
  take(lines: readonly string[]): LogEntry[];
  /** The last entry, complete or not. */
  flush(): LogEntry[];
  /** The times of the first and the last entry so far. */
  first(): number | undefined;
  last(): number | undefined;
}

const MOST_LENGTH = 65_536;
/** Stands for lines before any entry. */
const NO_HEAD: Head = {message: '', json: false};

/** Joins chunks of lines into entries. A line that starts no entry belongs to the previous one. Logs are long, so unwanted entries are not even joined. */
export function createGrouper(isWanted: (head: LogHead) => boolean): Grouper {
  let head = NO_HEAD;
  let wanted = isWanted(head);
  /** Undefined when the last flush returned all of the entry. */
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
          // The rest of a shown entry, or lines before any entry.
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

/** The time of a line, if it contains one. */
export function timeOf(line: string): number | undefined {
  return headOf(line)?.at;
}

/** Parses a single line; undefined where it does not start an entry. */
export function readLogLine(line: string): (LogHead & {readonly message: string}) | undefined {
  return headOf(line);
}

/** One object, in the form of `--log-format json`; null for unknown values. */
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

/** Parses the format of Python's logging, in local time. Logs are long, so only needed parts are parsed. */
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
