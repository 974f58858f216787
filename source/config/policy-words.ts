import type {z as Zod} from 'zod';
import type {Policy} from '../core/model/policy.ts';
import {say} from '../core/text/say.ts';
import {budget, duration, leaf, wholeNumber} from './leaves.ts';
import {least, ranges} from './values.ts';

/** The words of the config file for the timings and limits of a preset. */
export const policyWords = {
  interval: 'intervalMs',
  timeout: 'timeoutMs',
  threshold: 'failureThreshold',
  recovery: 'recoveryThreshold',
  retries: 'retries',
  slow: 'slowMs',
  confirm: 'confirmMs',
  settle: 'settleMs',
  grace: 'startGraceMs',
  budget: 'budget',
  backoff: 'backoff',
} as const satisfies Record<string, keyof Policy>;

export type PolicyWord = keyof typeof policyWords;

/** Values of the file as its words name them; a backoff may be given in part. */
export type PolicyEntry = {
  readonly [Word in Exclude<PolicyWord, 'backoff'>]?: Policy[(typeof policyWords)[Word]];
} & {readonly backoff?: Partial<Policy['backoff']>};

/** The keys of a policy, to be spread into an object's shape. */
export function policyShape(z: typeof Zod) {
  const backoff = z
    .strictObject({
      base: duration(z, say`The pause after the first attempt`, least.backoffMs, '5s').optional(),
      factor: leaf(z, {
        about: say`How much longer each next pause is`,
        wanted: say`wanted is a number from 1 to 10`,
        example: '2',
        json: {type: 'number', minimum: 1, maximum: 10},
        parse: factorFrom,
      }).optional(),
      cap: duration(z, say`The longest pause`, least.backoffMs, '60s').optional(),
    })
    .transform(({base, factor, cap}): Partial<Policy['backoff']> =>
      definedOnly({baseMs: base, factor, capMs: cap}),
    )
    .meta({description: say`The pauses between the fixes of one incident`});
  return {
    interval: duration(z, say`From one check to the next`, least.intervalMs, '5s').optional(),
    timeout: duration(z, say`How long an answer may take`, least.timeoutMs, '5s').optional(),
    threshold: wholeNumber(
      z,
      say`Failed checks in a row that make it down`,
      ranges.failureThreshold,
      2,
    ).optional(),
    recovery: wholeNumber(
      z,
      say`Good checks in a row that make it well again`,
      ranges.recoveryThreshold,
      1,
    ).optional(),
    retries: wholeNumber(
      z,
      say`More tries inside one check, a second apart`,
      ranges.retries,
      0,
    ).optional(),
    slow: duration(
      z,
      say`A correct answer slower than this is a warning`,
      least.slowMs,
      '3s',
    ).optional(),
    confirm: duration(
      z,
      say`The pace of checks between a first failure and the verdict`,
      least.confirmMs,
      '1s',
    ).optional(),
    settle: duration(
      z,
      say`How long a process that went away with its pid file may be somebody else's restart`,
      least.settleMs,
      '2s',
    ).optional(),
    grace: duration(
      z,
      say`How long no fix is made after a start or a fix, unless it was well before`,
      least.startGraceMs,
      '30s',
    ).optional(),
    budget: budget(z, say`How many fixes may begin in which time; then it is held`).optional(),
    backoff: backoff.optional(),
  };
}

/** The overrides that an entry of the file makes; what a backoff leaves out is that of `base`. */
export function overridesFrom(entry: PolicyEntry, base: Policy): Partial<Policy> {
  const {backoff, ...plain} = entry;
  const pairs = Object.entries(policyWords).flatMap(([word, key]) => {
    const value = plain[word as keyof typeof plain];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...(Object.fromEntries(pairs) as Partial<Policy>),
    ...(backoff ? {backoff: {...base.backoff, ...backoff}} : {}),
  };
}

function factorFrom(text: string): number | undefined {
  const value = /^\d{1,2}(\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  return value >= 1 && value <= 10 ? value : undefined;
}

/** The object without the keys whose value is undefined. */
export function definedOnly<T extends object>(
  value: T,
): {readonly [Key in keyof T]?: Exclude<T[Key], undefined>} {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    readonly [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
