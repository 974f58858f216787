import {latencyOf, type Picker} from '../../core/check/latency.ts';
import type {Readings} from '../../core/model/observation.ts';
import {say} from '../../core/text/say.ts';
import type {Sample} from '../../core/model/target.ts';
import {formatMsNumber} from '../../format/number.ts';

/** A series of numbers for the chart, and the format of its numbers. */
export interface Measure {
  readonly pick: Picker;
  /** The least top of the axis, so that noise looks flat. */
  readonly leastTop: number;
  /** In at most five columns. */
  axis(value: number): string;
  number(value: number): string;
  /** The text for a series without numbers. */
  none(): string;
}

export const RESPONSE_TIME: Measure = {
  pick: latencyOf,
  leastTop: 0.1,
  axis: msLabel,
  number: formatMsNumber,
  none: () => say`no response timed yet`,
};

/** The measurement of a check, by its name among the values of a sample. */
export function measureOf(name: string): Measure {
  return {
    pick: ({values}) => values?.[name],
    leastTop: 0,
    axis: shortNumber,
    number: shortNumber,
    none: () => say`nothing measured yet`,
  };
}

/** The names of the series beside the response time, in order of appearance. */
function seriesNames(samples: readonly Sample[]): readonly string[] {
  const names = new Set<string>();
  for (const {values} of samples)
    if (values) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}

export function hasSeries(samples: readonly Sample[]): boolean {
  return samples.some(({values}) => values !== undefined);
}

/** The shown series: the chosen one if this target has it. */
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

/** A number in at most five columns: `0.04`, `9.5`, `1250`, `105M`, `1e-9`. Empty for the few numbers that do not fit. */
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
