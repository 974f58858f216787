const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * The time that a log line begins with, in epoch ms; undefined where it shows none. A time without a zone may be that of the machine or UTC: the later of
 * the two, so that no line counts as older than it is.
 */
export function lineTime(line: string): number | undefined {
  const start = line.slice(0, 200);
  const dated =
    /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?\s?(Z|UTC|[+-]\d\d:?\d\d)?/.exec(
      start,
    );
  if (dated) {
    const [, year, month, day, hour, minute, second, zone] = dated;
    return timeOf(
      Number(year),
      Number(month) - 1,
      Number(day),
      [hour, minute, second].map(Number),
      zone,
    );
  }
  const common =
    /(\d\d)[/ ](\w{3})[/ ](\d{4})[: ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:\s([+-]\d{4}))?/.exec(start);
  if (common) {
    const [, day, month, year, hour, minute, second, zone] = common;
    return timeOf(
      Number(year),
      monthOf(month),
      Number(day),
      [hour, minute, second].map(Number),
      zone,
    );
  }
  const epoch = /"(?:time|ts|timestamp|t)":\s*"?(\d{10}(?:\.\d+)?|\d{13})\b/.exec(start)?.[1];
  if (epoch === undefined) return undefined;
  return Number(epoch) * (epoch.length === 13 && !epoch.includes('.') ? 1 : 1_000);
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.toLowerCase());
}

function timeOf(
  year: number,
  month: number,
  day: number,
  [hour = 0, minute = 0, second = 0]: readonly number[],
  zone: string | undefined,
): number | undefined {
  if (month < 0 || month > 11) return undefined;
  const utc = Date.UTC(year, month, day, hour, minute, second);
  if (zone === undefined)
    return Math.max(utc, new Date(year, month, day, hour, minute, second).getTime());
  const offset = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (!offset) return utc;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return utc - (offset[1] === '-' ? -1 : 1) * minutes * 60_000;
}
