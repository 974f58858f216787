import {latencyOf, type Picker} from '../../core/check/latency.ts';
import type {Readings} from '../../core/model/observation.ts';
import {say} from '../../core/text/say.ts';
import type {Sample} from '../../core/model/target.ts';
import {formatMsNumber} from '../../format/number.ts';

/** One series of numbers that a chart can show, and how they are written. */
export interface Measure {
  readonly pick: Picker;
  /** The axis reaches at least this far, so that noise finer than it can be told stays flat. */
  readonly leastTop: number;
  /** In at most five columns. */
  axis(value: number): string;
  number(value: number): string;
  /** Said where there is no number at all. */
  none(): string;
}

export const RESPONSE_TIME: Measure = {
  pick: latencyOf,
  leastTop: 0.1,
  axis: msLabel,
  number: formatMsNumber,
  none: () => say`no response timed yet`,
};

/** What a check measures, by its name among a sample's values. */
export function measureOf(name: string): Measure {
  return {
    pick: ({values}) => values?.[name],
    leastTop: 0,
    axis: shortNumber,
    number: shortNumber,
    none: () => say`nothing measured yet`,
  };
}

/** The series beside the response time, in the order in which they came. */
function seriesNames(samples: readonly Sample[]): readonly string[] {
  const names = new Set<string>();
  for (const {values} of samples)
    if (values) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}

export function hasSeries(samples: readonly Sample[]): boolean {
  return samples.some(({values}) => values !== undefined);
}

/** The series that is shown: the chosen one where this target has it. */
export function shownSeries(
  samples: readonly Sample[],
  chosen: string | undefined,
): string | undefined {
  return chosen !== undefined &&
    samples.some(({values}) => values !== undefined && chosen in values)
    ? chosen
    : undefined;
}

export function nextSeries(
  samples: readonly Sample[],
  chosen: string | undefined,
): string | undefined {
  const all = [undefined, ...seriesNames(samples)];
  return all[(all.indexOf(shownSeries(samples, chosen)) + 1) % all.length];
}

export function unitOf({checks = {}}: Readings, series: string): string {
  for (const [check, {metrics}] of Object.entries(checks)) {
    const metric = metrics.find(({name}) => `${check} ${name}` === series);
    if (metric) return metric.unit;
  }
  return '';
}

function msLabel(ms: number): string {
  if (ms >= 99_500) return `${Math.round(ms / 1_000)}k`;
  return ms < 10 && !Number.isInteger(ms) ? ms.toFixed(1) : String(Math.round(ms));
}

const SCALES = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** A number in at most five columns: `0.04`, `9.5`, `1250`, `105M`, `1e-9`. Empty for the few that cannot be said in so little room. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  const [scale, letter] =
    (size >= 9_999.5 && SCALES.find(([scale]) => size >= scale * 0.9995)) || ([1, ''] as const);
  const scaled = value / scale;
  const decimals = Math.abs(scaled) >= 99.5 || size === 0 ? 0 : Math.abs(scaled) >= 0.995 ? 1 : 3;
  const plain = `${Number(scaled.toFixed(decimals))}${letter}`;
  if (plain.length <= 5 && (size === 0 || size >= 0.0095)) return plain;
  const exponential = value.toExponential(0);
  return exponential.length <= 5 ? exponential : '';
}
