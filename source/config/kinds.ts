import type {FixDefinition} from '../contracts/fix.ts';
import type {ProbeDefinition} from '../contracts/probe.ts';

/** The kinds of check and of fix in a config, by their words. */
export interface Kinds {
  readonly probes: Readonly<Record<string, ProbeDefinition>>;
  readonly fixes: Readonly<Record<string, FixDefinition>>;
}
