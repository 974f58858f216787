import {parseDuration} from '../format/duration.ts';
import type {Policy} from '../core/model/policy.ts';
import {say} from '../core/text/say.ts';

/** What a value may be, said once for options and for the config file. Each reading is the value, or nothing where the text is none. */

const DAY_MS = 86_400_000;

/** The least that each duration may be, in ms; the most is a day. */
export const least = {
  intervalMs: 100,
  timeoutMs: 10,
  slowMs: 1,
  confirmMs: 100,
  settleMs: 0,
  startGraceMs: 0,
  stopTimeoutMs: 0,
  backoffMs: 0,
  windowMs: 1_000,
} as const;

/** From where to where the whole numbers go. */
export const ranges = {
  failureThreshold: [1, 1_000],
  recoveryThreshold: [1, 1_000],
  retries: [0, 100],
  port: [1, 65_535],
  budget: [1, 1_000],
  logKeep: [1, 100],
} as const satisfies Record<string, readonly [number, number]>;

export type Range = readonly [least: number, most: number];

export function durationFrom(text: string, leastMs: number): number | undefined {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= leastMs && ms <= DAY_MS ? ms : undefined;
}

export function durationWanted(leastMs: number): string {
  return say`allowed is ${leastMs}ms to 24h, written 500ms, 5s, 2m, 1h or a bare number of seconds`;
}

export function wholeNumberFrom(text: string, [least, most]: Range): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

export function wholeNumberWanted([least, most]: Range): string {
  return say`wanted is a whole number from ${least} to ${most}`;
}

/** `3 in 5m`. */
export function budgetFrom(text: string): Policy['budget'] | undefined {
  const [, number = '', span = ''] = /^\s*(\d+)\s+in\s+(\S+)\s*$/.exec(text) ?? [];
  const count = wholeNumberFrom(number, ranges.budget);
  const windowMs = durationFrom(span, least.windowMs);
  return count === undefined || windowMs === undefined ? undefined : {count, windowMs};
}

export function budgetWanted(): string {
  return say`wanted is how many fixes in which time`;
}

export function isName(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,62}$/u.test(text);
}

export function nameWanted(): string {
  return say`allowed are up to 63 letters, digits, dots, dashes, colons and underscores`;
}
