import type {TargetState} from '../../core/state.ts';
import {whyStory} from '../../core/why.ts';
import {fit} from '../../format/width.ts';
import type {Binding, KeyContext} from '../binding.ts';
import {muted, paragraph, span, type Line} from '../spans.ts';
import {LEVEL_TONE, LEVEL_WORD, type Symbols} from '../symbols.ts';

/** The why story, a paragraph each. */
export function storyLines(target: TargetState, now: number, width: number): readonly Line[] {
  return whyStory(target, now).flatMap((text, index) => {
    if (index === 0) return [...paragraph(text, width, {bold: true}), ['']];
    const [label = '', ...rest] = text.split(': ');
    const labelled = rest.length > 0 && label.length < LABEL;
    const lines = paragraph(labelled ? rest.join(': ') : text, width - LABEL);
    return lines.map((line, row): Line => [muted(fit(labelled && row === 0 ? label : '', LABEL)), ...line]);
  });
}

const LABEL = 10;

/** Every key, and what the symbols mean. */
export function helpLines(bindings: readonly Binding[], context: KeyContext, symbols: Symbols, quitMessage: string): readonly Line[] {
  const available = bindings.filter(({when}) => when?.(context) ?? true);
  const keys = available.filter(({group}, index) => group === undefined || group !== available[index - 1]?.group);
  const levels = (['ok', 'warn', 'down', 'unknown'] as const).flatMap(level => [span(`${symbols.level[level]} ${LEVEL_WORD[level]}`, LEVEL_TONE[level]), '   ']);
  const {bars, strip} = symbols;
  return [
    ...keys.map(binding => helpLine(binding, available, quitMessage)),
    ...(context.faults.length > 0 ? [[' ', span(fit('demo', 8), 'warn', true), context.faults.map(({key, label}) => `${key} ${label}`).join('  ')]] : []),
    [''],
    [' ', ...levels],
    [' ', span(`${bars[0]} ${bars.at(-1)}`, 'ok'), muted(' good, quick or slow   '), span(strip.slow, 'warn'), muted(' over the limit   '), span(strip.failed, 'down'), muted(' failed   '), span(strip.inconclusive, 'unknown'), muted(' could not look')],
  ];
}

function helpLine(binding: Binding, all: readonly Binding[], quitMessage: string): Line {
  if (binding.group === undefined) return [' ', span(fit(binding.shown, 8), 'key', true), binding.help, ...(binding.help === 'quit' ? [muted(`: ${quitMessage}`)] : [])];
  const members = all.filter(({group}) => group === binding.group);
  return [' ', span(fit(`${binding.shown}-${members.at(-1)?.shown}`, 8), 'key', true), `${binding.group}: ${members.map(({help}) => help).join(', ')}`];
}
