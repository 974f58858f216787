const UNITS = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  k: 2 ** 10,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
} as const;
const SHOWN = ['TiB', 'GiB', 'MiB', 'KiB'] as const;

/** Parses a size: `512MiB`, `1.5 GB`, `10k`, a bare number in bytes. Undefined for anything else. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, amount, unit = 'B'] = match;
  if (!Object.hasOwn(UNITS, unit)) return undefined;
  const bytes = Math.round(Number(amount) * UNITS[unit as keyof typeof UNITS]);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A size in its greatest binary unit: `0 B`, `512 B`, `1.5 KiB`, `120 MiB`. */
export function formatBytes(bytes: number): string {
  const unit = SHOWN.find(name => bytes >= UNITS[name]);
  if (!unit) return `${Math.round(bytes)} B`;
  const amount = bytes / UNITS[unit];
  return `${amount < 9.95 && !Number.isInteger(amount) ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
