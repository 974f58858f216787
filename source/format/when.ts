import {say} from '../core/text/say.ts';
import {parseDuration} from './duration.ts';

/**
 * Parses an instant into epoch ms: an age (`1h`, `7d`), a time of day (`10:30`: its last occurrence), a date
 * (`2026-01-27`, with a time or not; local, unless `Z` or an offset says otherwise), `today` or `yesterday`. Undefined for anything else.
 */
export function parseWhen(text: string, now: number): number | undefined {
  const given = text.trim();
  const ago = parseDuration(given);
  if (ago !== undefined) return now - ago;
  if (/^(?:today|yesterday)$/i.test(given))
    return midnight(now, given.toLowerCase() === 'today' ? 0 : 1);
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(given);
  if (time)
    return timeOfDay(
      time.slice(1).map(part => Number(part ?? 0)),
      now,
    );
  const date =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
      given,
    );
  return date ? dateOf(date) : undefined;
}

/** What `parseWhen` accepts, as the end of a message. */
export const whenWanted = (): string =>
  say`expected how long ago (30m, 1h, 7d), a time (10:30) or a date (2026-01-27, '2026-01-27 10:30')`;

function midnight(now: number, daysAgo: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo).getTime();
}

function timeOfDay(
  [hour = 0, minute = 0, second = 0]: readonly number[],
  now: number,
): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(now);
  const on = (daysAgo: number) =>
    new Date(
      date.getFullYear(),
      date.getMonth(),
      date.getDate() - daysAgo,
      hour,
      minute,
      second,
    ).getTime();
  return on(0) <= now ? on(0) : on(1);
}

function dateOf([, ...parts]: RegExpExecArray): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map(part => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Math.floor(Number(`0.${parts[6] ?? 0}`) * 1000);
  // `Date` turns a 30th of February into a 1st of March.
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  if (utc.getUTCMonth() !== month - 1 || utc.getUTCDate() !== day) return undefined;
  const zone = parts[7];
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return utc.getTime() - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
