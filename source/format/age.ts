import {formatDuration} from './duration.ts';

/** A duration in minutes and longer units, so that an idle screen does not change: `<1m`, `12m`, `3h12m`, `2d4h`. */
export function formatAge(ms: number): string {
  return ms < 60_000 ? '<1m' : formatDuration(Math.floor(ms / 60_000) * 60_000);
}

/** The local time of day of an instant, with its date on another day than `now`: `10:25:12`, `01-26 10:25`. */
export function formatClock(at: number, now: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString())
    return `${time}:${two(date.getSeconds())}`;
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
