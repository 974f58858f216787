const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** An amount of memory or disk: `512 KiB`, `43 MiB`, `1.5 GiB`. */
export function byteText(bytes: number): string {
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} ${UNITS[unit]}`;
}
