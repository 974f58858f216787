/** In the format of Python's `datetime.now(timezone.utc).isoformat()`: `2026-01-27T10:30:45.123456+00:00`. */
export function isoTime(at: number): string {
  const micros = Math.floor((at - Math.floor(at / 1000) * 1000) * 1000);
  return `${new Date(at).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}+00:00`;
}

/** Local time in the format of Python's logging: `2026-01-27 10:30:05,123`. */
export function logTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clockTime(at)},${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Local time of day: `10:30:05`. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(value => String(value).padStart(2, '0'))
    .join(':');
}

/** Local time for the name of a file: `20260127-103045`. */
export function fileTime(at: number): string {
  return logTime(at).slice(0, 19).replace(/[-:]/g, '').replace(' ', '-');
}
