import {all as fixes} from 'agent2:fixes';
import {load as probes} from 'agent2:probes';
import type {Kinds} from '../config/kinds.ts';
import type {FixDefinition} from '../contracts/fix.ts';

/** Every kind of check and fix that a config file may name. */
export async function allKinds(): Promise<Kinds> {
  const loaded = Object.entries(probes).map(async ([word, load]) => [word, await load()] as const);
  return {probes: Object.fromEntries(await Promise.all(loaded)), fixes};
}

/** What the word of a fix means. Whoever read it from outside has checked it. */
export function fixKind(use: string): FixDefinition {
  const definition = fixes[use];
  if (!definition) throw new Error(`no fix ${use}`);
  return definition;
}
