import type {State, TargetState} from '../core/state.ts';
import {whyLine} from '../core/why.ts';
import {wrap} from '../format/width.ts';
import {muted, span, type Line} from './spans.ts';
import {LEVEL_TONE, type Symbols} from './symbols.ts';

/** The reason for what is done or not done, in at most `most` lines. */
export function whyLines(target: TargetState, now: number, width: number, most: number): readonly Line[] {
  const {level} = target.health;
  const lines = wrap(whyLine(target, now), Math.max(8, width - 7));
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')];
  return shown.map((text, index) => [muted(index === 0 ? ' why  ' : '      '), span(text, level === 'ok' || level === 'unknown' ? undefined : LEVEL_TONE[level])]);
}

/** What people should know beside the health: troubles of our own, a check that could not look, what a probe noticed. */
export function alertLines(target: TargetState, troubles: State['troubles'], symbols: Symbols): readonly Line[] {
  const observation = target.lastCheck?.observation;
  return [
    ...Object.entries(troubles).map(([about, text]): Line => [' ', span(`${symbols.level.warn} agent2: ${about}: ${text}`, 'warn')]),
    ...(observation?.kind === 'inconclusive' ? [[' ', span(`${symbols.level.unknown} could not look: ${observation.reason}`, 'unknown')]] : []),
    ...(observation?.kind === 'ok' ? (observation.notes ?? []) : []).map((note): Line => [' ', muted(`${symbols.level.unknown} ${note}`)]),
  ];
}
