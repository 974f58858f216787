import type {Sample} from '../model/target.ts';

/** Percentiles and maximum, in the unit of the summarised numbers. */
export interface Summary {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Picks one number of a sample; undefined where it has none. */
export type Picker = (sample: Sample) => number | undefined;

/** The response time, in milliseconds. */
export const latencyOf: Picker = ({latencyMs}) => latencyMs;

/** Percentiles by nearest rank, in the unit of the numbers picked; undefined without a single one. */
export function summarise(
  samples: readonly Sample[],
  pick: Picker = latencyOf,
): Summary | undefined {
  const sorted = samples.flatMap(sample => pick(sample) ?? []).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1)};
}

/**
 * The series of a chart: `columns` equal slots of the `rangeMs` before `at`, oldest first, each with the greatest number in it.
 * A slot without a sample repeats the one before (the checks are sparser than the columns); NaN before the first measurement or where the checks failed.
 */
export function series(
  samples: readonly Sample[],
  at: number,
  rangeMs: number,
  columns: number,
  pick: Picker = latencyOf,
): readonly number[] {
  const slots = new Array<number | undefined>(columns).fill(undefined);
  const from = at - rangeMs;
  let carry = NaN;
  for (const sample of samples) {
    if (sample.outcome === 'inconclusive') continue;
    const value = pick(sample) ?? NaN;
    if (sample.at < from) {
      carry = value;
      continue;
    }
    const index = Math.min(columns - 1, Math.floor(((sample.at - from) / rangeMs) * columns));
    const before = slots[index];
    slots[index] =
      before === undefined || Number.isNaN(before)
        ? value
        : Math.max(before, Number.isNaN(value) ? before : value);
  }
  return slots.map(slot => (carry = slot ?? carry));
}
