import {plot} from 'asciichart';
import {series, summarise} from '../../../core/check/latency.ts';
import {say} from '../../../core/text/say.ts';
import type {Sample} from '../../../core/model/target.ts';
import {displayWidth} from '../../../format/width.ts';
import {RESPONSE_TIME, type Measure} from '../../state/series.ts';
import {lineWidth, muted, span, type Line, type Span, type Tone} from '../../text/spans.ts';
import type {Symbols} from '../../text/symbols.ts';

const LABEL = 5;

/**
 * Chart, percentiles and the strip of single checks: `height` lines of `width` columns, the newest check at the right. The chart moves by whole
 * columns only, so that a steady service gives a steady picture.
 */
export function responseLines(
  samples: readonly Sample[],
  rangeMs: number,
  now: number,
  width: number,
  height: number,
  symbols: Symbols,
  measure: Measure = RESPONSE_TIME,
): readonly Line[] {
  const columns = width - LABEL - 2;
  const slotMs = rangeMs / columns;
  const latest = samples.at(-1)?.at ?? now;
  const inRange = samples.filter(sample => sample.at > latest - rangeMs);
  const values = series(
    samples,
    Math.ceil((latest + 1) / slotMs) * slotMs,
    rangeMs,
    columns,
    measure.pick,
  );
  return [
    ...chartLines(values, height - 2, symbols, measure),
    percentiles(inRange, width, measure),
    stripLine(inRange, width, symbols),
  ];
}

/** Always `height` lines; a gap (NaN) stays empty. The scale begins at 0 (or below), so that a small change looks small. */
export function chartLines(
  values: readonly number[],
  height: number,
  symbols: Symbols,
  measure: Measure = RESPONSE_TIME,
): readonly Line[] {
  if (height < 2) return [];
  const known = values.filter(isDrawn);
  const steps = height - 1;
  const {low, step} = scaleFor(known, steps, measure.leastTop);
  const heights = values.map(value =>
    Math.min(steps, Math.max(0, Math.round((value - low) / step))),
  );
  const plotted = filled(heights);
  const drawing = plot([...plotted, plotted.at(-1) ?? 0], {
    min: 0,
    max: steps,
    height: steps,
    offset: 2,
    symbols: symbols.chart,
    format: row => (known.length === 0 ? '' : measure.axis(low + row * step)).padStart(LABEL),
  });
  return drawing.split('\n').map((text, row) => {
    const line = Array.from(text.slice(LABEL + 1));
    const drawn = values
      .map((value, column) => (isDrawn(value) ? (line[column] ?? ' ') : ' '))
      .join('');
    const axis = symbols.chart[heights[0] === steps - row ? 0 : 1];
    return [muted(text.slice(0, LABEL)), span(` ${axis}`, 'border'), span(drawn, 'chart')];
  });
}

/** Beyond every measured value; the arithmetic of an axis fails for larger numbers. */
const BEYOND = 1e100;

function isDrawn(value: number): boolean {
  return Math.abs(value) < BEYOND;
}

/** Replaces each gap by the value before it (or the first one after), because asciichart throws on NaN; the gaps are blanked afterwards. */
function filled(values: readonly number[]): number[] {
  let carry = values.find(value => !Number.isNaN(value)) ?? 0;
  return values.map(value => (carry = Number.isNaN(value) ? carry : value));
}

/** The lowest label and the step of an axis of `steps` equal steps that holds all `values`. */
function scaleFor(
  values: readonly number[],
  steps: number,
  leastTop: number,
): {readonly low: number; readonly step: number} {
  const high = Math.max(leastTop, ...values) || (values.some(value => value < 0) ? 0 : 1);
  const lowest = Math.min(0, ...values);
  const from = (step: number) => Math.floor(lowest / step) * step;
  let step = niceStep((high - lowest) / steps);
  // Numbers below 0 need a label of their own, which leaves one step less for the others.
  if (from(step) + step * steps < high * (1 - 1e-9))
    step = niceStep(Math.max(step * 1.01, (high - lowest) / Math.max(1, steps - 1)));
  return {low: from(step), step};
}

/** The smallest step from `least` on that makes every label a round number. */
function niceStep(least: number): number {
  const scale = 10 ** Math.floor(Math.log10(least));
  const factors = scale < 1 ? [1, 2, 3, 4, 5, 6, 8] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
  return (factors.find(factor => factor * scale >= least) ?? 10) * scale;
}

function percentiles(
  samples: readonly Sample[],
  width: number,
  {pick, number, none}: Measure,
): Line {
  const summary = summarise(samples, pick);
  if (!summary) return [muted(none())];
  const pairs = (['p50', 'p95', 'p99', 'max'] as const).map((name, index): Line => [
    muted(`${index > 0 ? '  ' : ''}${name} `),
    number(summary[name]),
  ]);
  while (lineWidth(pairs.flat()) > width) pairs.pop();
  return pairs.flat();
}

/** One character for each check: its height shows its response time relative to the others; a failed check has a letter and a colour. */
export function stripLine(samples: readonly Sample[], width: number, symbols: Symbols): Line {
  const label = width < 30 ? '' : say`  checks`;
  const room = width - displayWidth(label);
  const shown = samples.slice(-room);
  const summary = summarise(shown);
  const usual = summary?.p50 ?? 0;
  const ceiling = Math.max(summary?.max ?? 0, usual * 4, 1);
  const marks = shown.map(sample =>
    mark(sample, ((sample.latencyMs ?? usual) - usual) / (ceiling - usual || 1), symbols),
  );
  return [' '.repeat(room - shown.length), ...grouped(marks), muted(label)];
}

type Mark = readonly [char: string, tone: Tone];

function mark(sample: Sample, share: number, symbols: Symbols): Mark {
  switch (sample.outcome) {
    case 'failed':
      return [symbols.strip.failed, 'down'];
    case 'slow':
      return [symbols.strip.slow, 'warn'];
    case 'inconclusive':
      return [symbols.strip.inconclusive, 'unknown'];
    case 'ok':
      return [
        symbols.bars[Math.round(Math.min(1, Math.max(0, share)) * (symbols.bars.length - 1))] ?? '',
        'ok',
      ];
  }
}

function grouped(marks: readonly Mark[]): readonly Span[] {
  const groups: {text: string; tone: Tone}[] = [];
  for (const [char, tone] of marks) {
    const last = groups.at(-1);
    if (last?.tone === tone) last.text += char;
    else groups.push({text: char, tone});
  }
  return groups;
}
