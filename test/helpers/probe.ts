import {z} from 'zod';
import type {ProbeDefinition} from '../../source/contracts/probe.ts';
import type {ProbeResult, ProcessIdentity} from '../../source/core/model/observation.ts';

/** A check named `mine`, made of what the config says; each call settled once. */
export function checkOf<Options>(
  definition: ProbeDefinition<Options>,
  options: unknown,
  identity?: ProcessIdentity,
): () => Promise<ProbeResult> {
  const probe = definition.create(definition.options(z).parse(options), {
    name: 'mine',
    process: () => identity,
  });
  return () =>
    probe.inspect({signal: new AbortController().signal, timeoutMs: 5_000, slowMs: 5_000});
}
