import type {Observation, Readings} from './model/observation.ts';
import type {Sample} from './model/target.ts';

/** What is kept of each check for the graphs. */

const KEPT_MS = 3_600_000;
const KEPT = 4_000;

export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const from = samples.findIndex(old => old.at > sample.at - KEPT_MS);
  return [
    ...samples.slice(from < 0 ? samples.length : Math.max(from, samples.length + 1 - KEPT)),
    sample,
  ];
}

/** `timed`: the very first answer is not, since it takes as long as agent2 takes to get going. */
export function sampleOf(
  observation: Exclude<Observation, {kind: 'inconclusive'}>,
  at: number,
  timed: boolean,
): Sample {
  const outcome =
    observation.kind === 'failed'
      ? 'failed'
      : observation.warnings?.some(({kind}) => kind === 'slow')
        ? 'slow'
        : 'ok';
  const values = valuesOf(observation.readings);
  return {
    at,
    outcome,
    latencyMs: timed && observation.kind === 'ok' ? observation.latencyMs : undefined,
    ...(values ? {values} : {}),
  };
}

function valuesOf({checks}: Readings): Sample['values'] {
  const values = Object.entries(checks ?? {}).flatMap(([check, {metrics}]) =>
    metrics.map(({name, value}) => [`${check} ${name}`, value] as const),
  );
  return values.length > 0 ? Object.fromEntries(values) : undefined;
}
