import {availability, type Figures} from '../../core/replay/tally.ts';
import {median} from '../../core/fix/median.ts';
import type {Healing} from '../../core/replay/history.ts';
import {say} from '../../core/text/say.ts';
import {formatDuration} from '../../format/duration.ts';
import {formatMs, formatPercent} from '../../format/number.ts';
import {isoTime} from '../../format/time.ts';
import {displayWidth, fit} from '../../format/width.ts';

/** The result of a backtest. Times are epoch milliseconds. */
export interface BacktestReport {
  readonly files: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly runs: number;
  readonly checks: number;
  /** The number of unreadable lines. */
  readonly damaged: number;
  readonly targets: readonly BacktestTarget[];
}

interface BacktestTarget {
  readonly name: string;
  /** As shown: `test*` when a value differs from the preset. */
  readonly recordedPreset: string;
  readonly triedPreset: string;
  readonly healing: Healing;
  readonly happened: Figures;
  readonly wouldHave: Figures;
}

/** A table for each target: what happened, and what would have happened. */
export function backtestText(report: BacktestReport): string {
  const {from, to, runs, checks, damaged, files, targets} = report;
  const span = say`${formatDuration(Math.floor((to - from) / 1_000) * 1_000)}, ${day(from)} to ${day(to)}`;
  const lost =
    damaged > 0
      ? damaged === 1
        ? say`, ${damaged} damaged line skipped`
        : say`, ${damaged} damaged lines skipped`
      : '';
  const looked = checks === 1 ? say`${number(checks)} check` : say`${number(checks)} checks`;
  const ran = runs === 1 ? say`${number(runs)} run` : say`${number(runs)} runs`;
  const head = say`${files.join(say` and `)}: ${span}; ${looked} in ${ran}${lost}`;
  return [head, ...targets.flatMap(target => ['', ...table(target)]), '', model(), ''].join('\n');
}

const model = () =>
  say`A model, not a proof: a check sees what the last recorded check saw; a problem that a fix ended lasts until a fix ends it here; a fix takes as long as the recorded ones and helps where they did. More: docs/backtest.md`;

/** The same as one document; durations in seconds. */
export function backtestDocument(report: BacktestReport): object {
  const {from, to, targets, ...rest} = report;
  return {
    ...rest,
    from: isoTime(from),
    to: isoTime(to),
    targets: targets.map(({name, recordedPreset, triedPreset, healing, happened, wouldHave}) => ({
      name,
      heals_after: healing.restart.healthyMs / 1_000,
      measured_fixes: healing.restart.measured,
      happened: {preset: recordedPreset, ...figuresDocument(happened)},
      would_have: {preset: triedPreset, ...figuresDocument(wouldHave)},
    })),
  };
}

function figuresDocument(figures: Figures): object {
  const {fixes, downs, held, downtimeMs, observedMs, delaysMs} = figures;
  const seconds = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms) / 1_000);
  return {
    fixes,
    downs,
    held,
    downtime: seconds(downtimeMs),
    observed: seconds(observedMs),
    availability: availability(figures) ?? null,
    detection: {median: seconds(median(delaysMs)), max: seconds(longest(delaysMs))},
  };
}

function table({
  name,
  recordedPreset,
  triedPreset,
  healing,
  happened,
  wouldHave,
}: BacktestTarget): string[] {
  const cells: ReadonlyArray<readonly [string, (figures: Figures) => string]> = [
    [say`fixes`, ({fixes}) => String(fixes)],
    [say`times down`, ({downs}) => String(downs)],
    [say`times held`, ({held}) => String(held)],
    [say`downtime`, ({downtimeMs}) => formatMs(downtimeMs)],
    [
      say`availability`,
      figures =>
        availability(figures) === undefined ? '-' : formatPercent(availability(figures) ?? 0),
    ],
    [say`detected after, median`, ({delaysMs}) => time(median(delaysMs))],
    [say`detected after, longest`, ({delaysMs}) => time(longest(delaysMs))],
  ];
  const rows = [
    [name, say`happened`, say`would have`],
    [say`preset`, recordedPreset, triedPreset],
    ...cells.map(([label, cell]) => [label, cell(happened), cell(wouldHave)]),
  ];
  const widths = [0, 1].map(
    column => Math.max(...rows.map(row => displayWidth(row[column] ?? ''))) + 3,
  );
  const {healthyMs, measured} = healing.restart;
  const basis =
    measured === 0
      ? say`a guess: no fix was recorded`
      : measured === 1
        ? say`the median of ${number(measured)} recorded fix`
        : say`the median of ${number(measured)} recorded fixes`;
  return [
    ...rows.map(row =>
      row
        .map((cell, column) => (column === 2 ? cell : fit(cell, widths[column] ?? 0)))
        .join('')
        .trimEnd(),
    ),
    say`a fix heals after ${formatMs(healthyMs)} (${basis})`,
  ];
}

function longest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((most, value) => Math.max(most, value));
}

function time(ms: number | undefined): string {
  return ms === undefined ? '-' : formatMs(ms);
}

function number(count: number): string {
  return count.toLocaleString('en');
}

function day(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
