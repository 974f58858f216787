import {createHmac, randomBytes} from 'node:crypto';

let key: Buffer | undefined;

/**
 * One short text for all that a value says: another one means another value. Secrets are part of it and cannot be found again from it,
 * not even a short one by trying: the key is of this process alone, as is the comparison of a file with what it was before.
 */
export function fingerprintOf(value: unknown): string {
  key ??= randomBytes(32);
  return createHmac('sha256', key).update(stableJson(value)).digest('hex').slice(0, 32);
}

/** For a process that takes over from this one: fingerprints can be compared only where the key is the same. As secret as what they are made of. */
export function fingerprintKey(): string {
  key ??= randomBytes(32);
  return key.toString('hex');
}

/** To be called before the first fingerprint is made. */
export function adoptFingerprintKey(hex: string): void {
  key = Buffer.from(hex, 'hex');
}

/** JSON with its keys in order. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isPlain(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
