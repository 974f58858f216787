import type {Metric} from '../core/model/observation.ts';
import {sanitize} from '../format/sanitize.ts';

/** The output of a plug-in, by the guidelines of the Monitoring Plugins: `TEXT | PERFDATA`, then long text, then `| MORE PERFDATA` to the end. */
export interface PluginOutput {
  /** The first line without its perfdata; empty without output. */
  readonly text: string;
  readonly more: readonly string[];
  readonly metrics: readonly Metric[];
}

const MOST_METRICS = 64;

export function parsePluginOutput(output: string): PluginOutput {
  const [first = '', ...rest] = output.split(/\r\n|\r|\n/);
  const [text, perfdata] = halves(first);
  const longText: string[] = [];
  const perfdataLines = [perfdata];
  /** A bar was found in the long text: the rest is perfdata. */
  let measured = false;
  for (const line of rest) {
    const [said, numbers] = measured ? ['', line] : halves(line);
    measured ||= line.includes('|');
    longText.push(said);
    perfdataLines.push(numbers);
  }
  return {
    text: sanitize(text),
    more: longText.map(line => sanitize(line)).filter(line => line !== ''),
    metrics: parsePerfdata(perfdataLines.join(' ')),
  };
}

/**
 * Parses `'label'=value[unit];[warn];[crit];[min];[max]`, any number of them; skips values that are no number (`U` is "not known").
 * One pass from left to right: a pattern with a quoted label would cost hostile output quadratic time.
 */
export function parsePerfdata(text: string): readonly Metric[] {
  const metrics: Metric[] = [];
  for (
    let at = skipSpace(text, 0);
    at < text.length && metrics.length < MOST_METRICS;
    at = skipSpace(text, at)
  ) {
    const label = labelAt(text, at);
    const end = endOfWord(text, label?.end ?? at);
    if (label && text[label.end] === '=')
      metrics.push(...metricOf(label.text, text.slice(label.end + 1, end)));
    at = end;
  }
  return metrics;
}

function skipSpace(text: string, from: number): number {
  return find(/\S/g, text, from);
}

function endOfWord(text: string, from: number): number {
  return find(/\s/g, text, from);
}

function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** Up to its `=`; a quote within quotes is doubled. Undefined for an unclosed quote. */
function labelAt(
  text: string,
  from: number,
): {readonly text: string; readonly end: number} | undefined {
  if (text[from] !== "'") {
    const end = find(/[\s=]/g, text, from);
    return {text: text.slice(from, end), end};
  }
  let close = text.indexOf("'", from + 1);
  while (close >= 0 && text[close + 1] === "'") close = text.indexOf("'", close + 2);
  return close < 0
    ? undefined
    : {text: text.slice(from + 1, close).replaceAll("''", "'"), end: close + 1};
}

/** agent2's own perfdata: `'load 1'=0.5` and the like. */
export function formatPerfdata({name, value, unit}: Metric): string {
  return `${perfdataLabel(name)}=${value}${unit}`;
}

/** Quoted where it must be. */
export function perfdataLabel(name: string): string {
  return /^[^\s='|]+$/.test(name)
    ? name
    : `'${name.replaceAll("'", "''").replaceAll(/[=|]/g, '_')}'`;
}

/** The first bar of a line ends its text; the perfdata follow. */
function halves(line: string): readonly [text: string, perfdata: string] {
  const bar = line.indexOf('|');
  return bar < 0 ? [line, ''] : [line.slice(0, bar), line.slice(bar + 1)];
}

function metricOf(label: string, data: string): readonly Metric[] {
  const name = sanitize(label, 60);
  const [, amount = '', unit = ''] =
    /^([-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?)([^;]*)/.exec(data) ?? [];
  const value = Number(amount.replace(',', '.'));
  if (name === '' || amount === '' || !Number.isFinite(value)) return [];
  return [{name, ...inUnit(value, unit)}];
}

const UNITS: readonly string[] = [
  's',
  'ms',
  'us',
  '%',
  'B',
  'KB',
  'MB',
  'GB',
  'TB',
  'c',
] satisfies ReadonlyArray<Metric['unit']>;
const BINARY: Readonly<Record<string, number>> = {
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Converts binary units of newer plug-ins, which the guidelines do not know, to bytes. Drops an unknown unit. */
function inUnit(value: number, unit: string): Pick<Metric, 'value' | 'unit'> {
  const factor = Object.hasOwn(BINARY, unit) ? BINARY[unit] : undefined;
  if (factor !== undefined) return {value: value * factor, unit: 'B'};
  return {value, unit: isUnit(unit) ? unit : ''};
}

function isUnit(unit: string): unit is Metric['unit'] {
  return UNITS.includes(unit);
}
