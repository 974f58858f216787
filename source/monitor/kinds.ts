import {all as fixes} from 'agent2:fixes';
import {load as probes} from 'agent2:probes';
import type {Kinds} from '../config/kinds.ts';
import type {FixSpec} from '../config/spec.ts';
import type {FixDefinition} from '../contracts/fix.ts';

/** Every kind of check and fix that a config file may name. */
export async function allKinds(): Promise<Kinds> {
  const loaded = Object.entries(probes).map(async ([word, load]) => [word, await load()] as const);
  return {probes: Object.fromEntries(await Promise.all(loaded)), fixes};
}

/** The definition of a kind of fix. Throws for an unknown word, which is a bug: the config was checked before. */
export function fixKind(use: string): FixDefinition {
  const definition = fixes[use];
  if (!definition) throw new Error(`no fix ${use}`);
  return definition;
}

/** The user's commands that a fix may run. */
export function commandsOf({use, options}: FixSpec): ReadonlyArray<readonly string[]> {
  return fixKind(use).commands?.(options) ?? [];
}

/** Whether a fix runs commands of the user, which may have paths relative to a directory. */
export function runsCommands(fix: FixSpec): boolean {
  return commandsOf(fix).length > 0;
}
