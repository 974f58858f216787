import type {FixDefinition} from '../contracts/fix.ts';
import type {ProbeDefinition} from '../contracts/probe.ts';

/** The kinds of check and of fix that a config may name, by their words. */
export interface Kinds {
  readonly probes: Readonly<Record<string, ProbeDefinition>>;
  readonly fixes: Readonly<Record<string, FixDefinition>>;
}

type Loaders<Definition> = Readonly<Record<string, () => Promise<Definition | undefined>>>;

/** Loads what stands in the folders. A file that defines no kind is passed over. */
export async function loadKinds(
  probes: Loaders<ProbeDefinition>,
  fixes: Loaders<FixDefinition>,
): Promise<Kinds> {
  return {probes: await definitions(probes), fixes: await definitions(fixes)};
}

async function definitions<Definition>(
  loaders: Loaders<Definition>,
): Promise<Readonly<Record<string, Definition>>> {
  const loaded = await Promise.all(
    Object.entries(loaders).map(async ([name, load]) => [name, await load()] as const),
  );
  return Object.fromEntries(
    loaded.flatMap(([name, definition]) =>
      definition === undefined ? [] : [[name, definition] as const],
    ),
  );
}
