import type {z as Zod, ZodType} from 'zod';
import type {Policy} from '../core/model/policy.ts';
import {definedOnly} from '../format/defined-only.ts';
import {keysOf} from '../format/keys-of.ts';
import {option} from './leaves.ts';
import {backoffOptions, policyOptions} from './options/table.ts';
import {say} from '../core/text/say.ts';

type PolicyRows = typeof policyOptions;
type PolicyKey = keyof PolicyRows;

/** The timings and limits of the config file; a backoff may be given in part. */
export type PolicyEntry = {
  readonly [Key in PolicyKey]?: Policy[PolicyRows[Key]['policy']];
} & {readonly backoff?: Partial<Policy['backoff']>};

/** The keys of the file that set a timing or a limit. */
export const policyKeys = [...keysOf(policyOptions), 'backoff'] as const;

/** The keys of the policy that a file key sets. */
export function setBy(key: (typeof policyKeys)[number]): keyof Policy {
  return key === 'backoff' ? key : policyOptions[key].policy;
}

/** The keys of a policy, to be spread into an object's shape. */
export function policyShape(z: typeof Zod) {
  const {base, factor, cap} = backoffOptions;
  const backoff = z
    .strictObject({
      base: option(z, base).optional(),
      factor: option(z, factor).optional(),
      cap: option(z, cap).optional(),
    })
    .transform(({base, factor, cap}): Partial<Policy['backoff']> =>
      definedOnly({baseMs: base, factor, capMs: cap}),
    )
    .meta({description: say`The pauses between the fixes of one incident`});
  const rows = Object.entries<Parameters<typeof option>[1]>(policyOptions);
  return {
    ...(Object.fromEntries(rows.map(([key, row]) => [key, option(z, row).optional()])) as {
      readonly [Key in PolicyKey]: ReturnType<ZodType<PolicyEntry[Key]>['optional']>;
    }),
    backoff: backoff.optional(),
  };
}

/** The overrides of an entry of the file; a partial backoff is completed from `base`. */
export function overridesFrom(entry: PolicyEntry, base: Policy): Partial<Policy> {
  const pairs = keysOf(policyOptions).flatMap(key => {
    const value = entry[key];
    return value === undefined ? [] : [[setBy(key), value] as const];
  });
  return {
    ...(Object.fromEntries(pairs) as Partial<Policy>),
    ...(entry.backoff ? {backoff: {...base.backoff, ...entry.backoff}} : {}),
  };
}

/** The part of an entry that is about its policy. */
export function policyPart(entry: PolicyEntry): PolicyEntry {
  return Object.fromEntries(
    policyKeys.flatMap(key => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  );
}
