import type {HealthLevel} from '../../../core/model/health.ts';
import {say, sayOf} from '../../../core/text/say.ts';
import {formatClock} from '../../../format/age.ts';
import {cut, displayWidth, fit} from '../../../format/width.ts';
import {fitLine, lineWidth, muted, span, spread, type Line} from '../../text/spans.ts';
import {LEVEL_TONE, LEVEL_WORD, phaseTone, type Symbols} from '../../text/symbols.ts';
import type {TargetRow} from '../../state/target-row.ts';

/**
 * Lines for the targets around the selected one: at most `height`, each `width` columns. A mark and bold letters show the selected one
 * without colour.
 */
export function targetLines(
  rows: readonly TargetRow[],
  selected: number,
  today: number,
  width: number,
  height: number,
  symbols: Symbols,
): readonly Line[] {
  if (rows.length === 0) return [[muted(say`no target name contains this`)]];
  const first = firstShown(rows.length, selected, height);
  const sizes = sizesOf(rows, today, width);
  return rows
    .slice(first, first + height)
    .map((row, index) => targetLine(row, first + index === selected, sizes, today, width, symbols));
}

/** The first shown row: keeps the selected one in the middle, except near both ends. */
function firstShown(count: number, selected: number, height: number): number {
  return Math.max(0, Math.min(count - height, selected - Math.floor(height / 2)));
}

interface Sizes {
  readonly level: number;
  readonly name: number;
  readonly latency: number;
  /** 0: not shown. */
  readonly lastFix: number;
}

/** The column widths, from all rows, so that the columns do not move while scrolling. */
function sizesOf(rows: readonly TargetRow[], today: number, width: number): Sizes {
  const widest = (text: (row: TargetRow) => string) =>
    Math.max(0, ...rows.map(row => displayWidth(text(row))));
  return {
    level: widest(({level}) => LEVEL_WORD[level]) + 2,
    name: Math.min(
      Math.floor(width * 0.4),
      widest(({name}) => name),
    ),
    latency: widest(({latency}) => latency),
    lastFix: width < ROOM_FOR_FIX ? 0 : widest(row => lastFixText(row, today)),
  };
}

const ROOM_FOR_FIX = 64;

function targetLine(
  row: TargetRow,
  selected: boolean,
  sizes: Sizes,
  today: number,
  width: number,
  symbols: Symbols,
): Line {
  const {name, level, phase, note, latency} = row;
  const phaseWords =
    phase === 'monitoring'
      ? []
      : [
          span(`${symbols.phase[phase]} ${phase}`, phaseTone(phase), true),
          ...(note === '' ? [] : ['  ']),
        ];
  const state = `${symbols.level[level]} ${LEVEL_WORD[level]}`;
  const left: Line = [
    `${selected ? symbols.marker : ' '} `,
    span(fit(state, sizes.level), LEVEL_TONE[level], true),
    '  ',
    span(fit(name, sizes.name, symbols.ellipsis), undefined, selected),
    '  ',
    ...phaseWords,
    span(note, level === 'ok' ? 'muted' : LEVEL_TONE[level]),
  ];
  const right: Line = [
    ...(sizes.latency > 0 ? ['  ', muted(latency.padStart(sizes.latency))] : []),
    ...(sizes.lastFix > 0 ? ['  ', muted(fit(lastFixText(row, today), sizes.lastFix))] : []),
  ];
  return spread(left, right, width, symbols.ellipsis);
}

function lastFixText({lastFix}: TargetRow, today: number): string {
  return lastFix
    ? say`fix ${formatClock(lastFix.at, today)} ${lastFix.result.replaceAll('_', ' ')}`
    : '';
}

const LEVELS: readonly HealthLevel[] = ['ok', 'unknown', 'warn', 'down'];

/** `27 ok  1 warn  2 down`, the worst at the end. */
export function levelCounts(rows: readonly TargetRow[]): string {
  return countsOf(rows, LEVELS).join('  ');
}

function countsOf(rows: readonly TargetRow[], levels: readonly HealthLevel[]): readonly string[] {
  return levels
    .map(level => [rows.filter(row => row.level === level).length, level] as const)
    .flatMap(([count, level]) => (count > 0 ? [`${count} ${level}`] : []));
}

/** `3 of 30`: the position in the list. */
export function placeOf(selected: number, count: number): string {
  return count === 0 ? say`none` : sayOf('position')`${selected + 1} of ${count}`;
}

/** `/web`, with a cursor while the user types; empty without a filter. */
export function filterText(filter: string, typing: boolean): string {
  return filter === '' && !typing ? '' : `/${filter}${typing ? '_' : ''}`;
}

/** `2 ok 1 down web`: the count of each level, and the names of the worst. A line that is too long drops the healthy ones, then is cut. */
export function summaryLine(rows: readonly TargetRow[], width: number, symbols: Symbols): Line {
  const worst = LEVELS.findLast(level => rows.some(row => row.level === level)) ?? 'unknown';
  const names =
    worst === 'ok'
      ? ''
      : ` ${rows
          .filter(({level}) => level === worst)
          .map(({name}) => name)
          .join(', ')}`;
  const candidates = [LEVELS, LEVELS.slice(1), [worst]].map((levels): Line => [
    span(`${countsOf(rows, levels).join(' ')}${names}`, LEVEL_TONE[worst], true),
  ]);
  const line = candidates.find(
    candidate => lineWidth(candidate) > 0 && lineWidth(candidate) <= width,
  ) ?? [
    span(
      cut(`${countsOf(rows, [worst]).join('')}${names}`, width, symbols.ellipsis),
      LEVEL_TONE[worst],
      true,
    ),
  ];
  return fitLine(line, width, symbols.ellipsis);
}
