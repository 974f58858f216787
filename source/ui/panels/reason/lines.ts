import {render, say} from '../../../core/text/say.ts';
import type {State} from '../../../core/model/state.ts';
import type {TargetState} from '../../../core/model/target.ts';
import {problemName} from '../../../core/text/problem-name.ts';
import {whyLine} from '../../../core/why.ts';
import {cut, displayWidth, wrap} from '../../../format/width.ts';
import type {KeyContext} from '../../keys/binding.ts';
import {keyAdvice} from '../../keys/key-advice.ts';
import {muted, span, type Line, type Tone} from '../../text/spans.ts';
import {LEVEL_TONE, type Symbols} from '../../text/symbols.ts';

/** Says in at most `most` lines that the monitor is gone; else why agent2 acts or does not act. */
export function reasonLines(
  {
    target,
    now,
    gone,
    context,
  }: {
    readonly target: TargetState;
    readonly now: number;
    readonly gone: string | undefined;
    readonly context: KeyContext;
  },
  width: number,
  most: number,
  symbols: Symbols,
): readonly Line[] {
  if (gone === undefined)
    return whyLines(target, render(whyLine(target, now, keyAdvice(context))), width, most, symbols);
  return labelled(wrapWithEnd(gone, Math.max(8, width - 7), most, symbols.ellipsis), 'down');
}

/** Why agent2 acts or does not act, in at most `most` lines; a long reason loses its middle, since its end says what to do. */
function whyLines(
  target: TargetState,
  why: string,
  width: number,
  most: number,
  {ellipsis}: Symbols,
): readonly Line[] {
  const {level} = target.health;
  const lines = wrapWithEnd(why, Math.max(8, width - 7), most, ellipsis);
  return labelled(lines, level === 'ok' || level === 'unknown' ? undefined : LEVEL_TONE[level]);
}

function labelled(lines: readonly string[], tone: Tone | undefined): readonly Line[] {
  return lines.map((text, index) => [
    muted(index === 0 ? say` why  ` : '      '),
    span(text, tone),
  ]);
}

/**
 * The messages beside the health, in at most `most` lines: answers to keys (`notes`), problems of agent2 itself, an inconclusive check, warnings of
 * probes. When there are more, the last line counts the rest; the why page lists them all.
 */
export function alertLines(
  target: TargetState,
  problems: State['problems'],
  most: number,
  symbols: Symbols,
  notes: readonly string[],
): readonly Line[] {
  const observation = target.lastCheck?.observation;
  const alerts = [
    ...notes.map(text => span(`${symbols.level.warn} ${text}`, 'warn')),
    ...Object.entries(problems).map(([about, text]) =>
      span(`${symbols.level.warn} agent2: ${say`${problemName(about)}: ${text}`}`, 'warn'),
    ),
    ...(observation?.kind === 'inconclusive'
      ? [span(`${symbols.level.unknown} ${say`could not check: ${observation.reason}`}`, 'unknown')]
      : []),
    ...(observation?.kind === 'ok' ? (observation.notes ?? []) : []).map(note =>
      muted(`${symbols.level.unknown} ${render(note)}`),
    ),
  ];
  const hidden = alerts.length - most;
  return alerts
    .slice(0, most)
    .map((alert, index): Line =>
      hidden > 0 && index === most - 1
        ? [' ', muted(say`+${hidden} more (w)  `), alert]
        : [' ', alert],
    );
}

/**
 * Wraps a text into at most `most` lines of `width` columns. Cuts the part before the last clauses; a last clause that is too long makes
 * the last line longer.
 */
export function wrapWithEnd(
  text: string,
  width: number,
  most: number,
  ellipsis: string,
): readonly string[] {
  const whole = wrap(text, width);
  if (whole.length <= most) return whole;
  const end = lastClauses(text, Math.floor((width * most * 2) / 3));
  const start = text.slice(0, text.length - end.length).trimEnd();
  const shortened = (columns: number) =>
    wrap(`${cut(start, columns, ellipsis)} ${end}`.trim(), width);
  let fitting = displayWidth(ellipsis);
  if (start === '' || shortened(fitting).length > most)
    return [...whole.slice(0, most - 1), whole.slice(most - 1).join(' ')];
  for (let tooMany = displayWidth(start); tooMany - fitting > 1;) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (shortened(middle).length <= most) fitting = middle;
    else tooMany = middle;
  }
  return shortened(fitting);
}

/** The last clauses that fit into `room` columns; at least one. */
function lastClauses(text: string, room: number): string {
  const clauses = text.split(/(?<=; |；)/);
  let end = clauses.pop() ?? '';
  for (
    let clause = clauses.pop();
    clause !== undefined && displayWidth(clause) + displayWidth(end) <= room;
    clause = clauses.pop()
  )
    end = `${clause}${end}`;
  return end;
}
