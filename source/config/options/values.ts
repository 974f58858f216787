import type {Text} from '../../core/model/text.ts';
import type {Completion, ValueKind} from '../../contracts/command.ts';
import type {Policy} from '../../core/model/policy.ts';
import {message} from '../../core/text/message.ts';
import {formatDuration, parseDuration} from '../../format/duration.ts';

/** The allowed values, defined once for the command line and the config file. */
export interface ConfigValue<T> extends ValueKind<T> {
  /** The entry of the published schema of the config file. */
  readonly json: Readonly<Record<string, unknown>>;
}

const DAY_MS = 86_400_000;
/** Ten years: nothing that agent2 keeps is older. */
export const LONGEST_SPAN_MS = 3_650 * DAY_MS;

export function duration(leastMs: number, example: string): ConfigValue<number> {
  return {
    called: 'TIME',
    completion: 'time',
    example,
    expected: () =>
      message`allowed: ${leastMs}ms to 24h, written as 500ms, 5s, 2m, 1h or a number of seconds`,
    parse: text => durationFrom(text, leastMs, DAY_MS),
    json: {
      type: ['string', 'number'],
      pattern: '^\\s*(\\d+(\\.\\d+)?|(\\d+(\\.\\d+)?(ms|s|m|h|d))+)\\s*$',
      minimum: 0,
    },
  };
}

/** A duration of the command line only, with its own bounds. */
export function timeSpan(leastMs: number, mostMs: number, example: string): ValueKind<number> {
  return {
    called: 'TIME',
    completion: 'time',
    example,
    expected: () => message`allowed: ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`,
    parse: text => durationFrom(text, leastMs, mostMs),
  };
}

function durationFrom(text: string, leastMs: number, mostMs: number): number | undefined {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= leastMs && ms <= mostMs ? ms : undefined;
}

export function wholeNumber(least: number, most: number, example: string): ConfigValue<number> {
  return {
    called: 'N',
    completion: 'nothing',
    example,
    expected: () => message`expected a whole number from ${least} to ${most}`,
    parse: text => wholeNumberFrom(text, least, most),
    json: {type: 'integer', minimum: least, maximum: most},
  };
}

function wholeNumberFrom(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

/** `3 in 5m`. */
export const budgetValue: ConfigValue<Policy['budget']> = {
  called: 'N in TIME',
  completion: 'nothing',
  example: '3 in 5m',
  expected: () => message`expected a number of fixes and a time`,
  parse(text) {
    const [, number = '', span = ''] = /^\s*(\d+)\s+in\s+(\S+)\s*$/.exec(text) ?? [];
    const count = wholeNumberFrom(number, 1, 1_000);
    const windowMs = durationFrom(span, 1_000, DAY_MS);
    return count === undefined || windowMs === undefined ? undefined : {count, windowMs};
  },
  json: {type: 'string', pattern: '^\\s*\\d+\\s+in\\s+\\S+\\s*$'},
};

/** The allowed name of a target, a check or a monitor. */
export function nameValue(example: string): ConfigValue<string> {
  return {
    called: 'NAME',
    completion: 'nothing',
    example,
    expected: () =>
      message`allowed: up to 63 letters, digits, dots, dashes, colons and underscores`,
    parse: text => (/^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,62}$/u.test(text) ? text : undefined),
    json: {type: 'string', pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,62}$'},
  };
}

/** One of a few words, in any case. */
export function oneOf<const Word extends string>(
  called: string,
  words: readonly Word[] | (() => readonly Word[]),
  example: NoInfer<Word>,
): ValueKind<Word> {
  const all = typeof words === 'function' ? words : () => words;
  return {
    called,
    completion: {oneOf: all},
    example,
    expected: () => message`expected one of ${all().join(', ')}`,
    parse: text => all().find(word => word === text.toLowerCase()),
  };
}

export function file(example: string): ConfigValue<string> {
  return path('FILE', 'file', example, () => message`expected the path of a file`);
}

export function directory(example: string): ConfigValue<string> {
  return path('DIR', 'directory', example, () => message`expected the path of a directory`);
}

function path(
  called: string,
  completion: Completion,
  example: string,
  expected: () => Text,
): ConfigValue<string> {
  return {...someText(called, example), completion, expected};
}

/** The name of a monitor, a target or an account, as a person may have chosen it: no path, no control characters. */
export function givenName(
  called: string,
  example: string,
  completion: Completion = 'nothing',
): ConfigValue<string> {
  return {
    ...someText(called, example, completion),
    expected: () => message`expected a name: up to 255 characters, without /`,
    parse: text =>
      /^(?!\.{1,2}$)[^/\p{Cc}]{1,255}$/u.test(text) && text.trim() !== '' ? text : undefined,
  };
}

/** Any text but an empty one. */
export function someText(
  called: string,
  example: string,
  completion: Completion = 'nothing',
): ConfigValue<string> {
  return {
    called,
    completion,
    example,
    expected: () => message`expected a text that is not empty`,
    parse: text => (text.trim() === '' ? undefined : text),
    json: {type: 'string', minLength: 1},
  };
}
