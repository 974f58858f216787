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

/** What the word of a fix means. Whoever read it from outside has checked it. */
export function fixKind(use: string): FixDefinition {
  const definition = fixes[use];
  if (!definition) throw new Error(`no fix ${use}`);
  return definition;
}

/** The commands of the user's own that a fix may run. */
export function commandsOf({use, options}: FixSpec): ReadonlyArray<readonly string[]> {
  return fixKind(use).commands?.(options) ?? [];
}

/** Whether a directory means something to a fix: a command may be named from it. */
export function runsCommands(fix: FixSpec): boolean {
  return commandsOf(fix).length > 0;
}
