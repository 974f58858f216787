import type {Observation, Readings} from '../model/observation.ts';
import type {Sample, SampleBlock, SampleLog} from '../model/target.ts';

/** How far back the graphs reach. */
const KEPT_MS = 3_600_000;
const KEPT = 4_000;
/** Samples in a block: adding one copies only the last block, and old ones are dropped a block at a time. */
const BLOCK = 60;

const OUTCOMES: ReadonlyArray<Sample['outcome']> = ['ok', 'slow', 'failed', 'inconclusive'];

/** Adds a sample, and drops the blocks that are too old or too many. */
export function withSample(log: SampleLog, sample: Sample): SampleLog {
  const kept = withoutOld(log, sample.at);
  const last = kept.at(-1);
  return last === undefined || countOf(last) >= BLOCK
    ? [...kept, withOne({numbers: []}, sample)]
    : [...kept.slice(0, -1), withOne(last, sample)];
}

/** The samples as objects. Returns the same array for the same log. */
export function samplesOf(log: SampleLog): readonly Sample[] {
  let samples = unpacked.get(log);
  if (!samples) {
    const all = log.flatMap(samplesIn);
    const newest = all.at(-1)?.at ?? 0;
    samples = all.filter(({at}) => at > newest - KEPT_MS).slice(-KEPT);
    unpacked.set(log, samples);
  }
  return samples;
}

const unpacked = new WeakMap<SampleLog, readonly Sample[]>();

export function lastOutcome(log: SampleLog): Sample['outcome'] | undefined {
  return OUTCOMES[log.at(-1)?.numbers.at(-2) ?? -1];
}

function withoutOld(log: SampleLog, at: number): SampleLog {
  let count = log.reduce((sum, block) => sum + countOf(block), 0);
  let from = 0;
  for (const block of log) {
    const isOld = (block.numbers.at(-3) ?? 0) <= at - KEPT_MS;
    if (!isOld && count - countOf(block) < KEPT) break;
    count -= countOf(block);
    from++;
  }
  return log.slice(from);
}

function countOf({numbers}: SampleBlock): number {
  return numbers.length / 3;
}

function withOne(block: SampleBlock, {at, outcome, latencyMs, values}: Sample): SampleBlock {
  const numbers = block.numbers.concat(at, OUTCOMES.indexOf(outcome), latencyMs ?? -1);
  if (!values) return {...block, numbers};
  const place = countOf(block);
  const added = Object.entries(values).map(
    ([name, value]) => [name, [...(block.values?.[name] ?? []), place, value]] as const,
  );
  return {numbers, values: {...block.values, ...Object.fromEntries(added)}};
}

function samplesIn({numbers, values = {}}: SampleBlock): Sample[] {
  const found = Array.from({length: numbers.length / 3}, (_, place): Writable<Sample> => {
    const [at = 0, outcome = 0, latencyMs = -1] = numbers.slice(place * 3, place * 3 + 3);
    return {
      at,
      outcome: OUTCOMES[outcome] ?? 'inconclusive',
      ...(latencyMs < 0 ? {} : {latencyMs}),
    };
  });
  for (const [name, pairs] of Object.entries(values))
    for (let index = 0; index < pairs.length; index += 2) {
      const sample = found[pairs[index] ?? -1];
      if (sample) sample.values = {...sample.values, [name]: pairs[index + 1] ?? NaN};
    }
  return found;
}

type Writable<T> = {-readonly [K in keyof T]: T[K]};

/** The sample of a check. `timed` is false for the first one, whose response time includes the start of agent2. */
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
