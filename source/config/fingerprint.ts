import {createHash, createHmac, randomBytes} from 'node:crypto';
import {redact} from '../format/redact.ts';
import type {TargetSpec} from './spec.ts';

let key: Buffer | undefined;

/**
 * A short text that identifies a value. It covers secrets, which cannot be recovered from it,
 * not even a short one by trying: the key lives in this process alone, like the comparison of a file with its earlier version.
 */
export function fingerprintOf(value: unknown): string {
  key ??= randomBytes(32);
  return createHmac('sha256', key).update(stableJson(value)).digest('hex').slice(0, 32);
}

/** For the process that takes over: fingerprints can be compared only with the same key. As secret as the values themselves. */
export function fingerprintKey(): string {
  key ??= randomBytes(32);
  return key.toString('hex');
}

/** Call it before the first fingerprint. */
export function adoptFingerprintKey(hex: string): void {
  key = Buffer.from(hex, 'hex');
}

/**
 * What the checks of a target ask, as a short text that is the same in every process. It is stored, so it covers no secrets: with another
 * token the question counts as the same.
 */
export function questionOf({
  url,
  http,
  endpoint,
  checks,
  secrets,
}: Pick<TargetSpec, 'url' | 'http' | 'endpoint' | 'checks' | 'secrets'>): string {
  const asked = redact(stableJson({url, http, endpoint, checks}), secrets);
  return createHash('sha256').update(asked).digest('hex').slice(0, 16);
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
