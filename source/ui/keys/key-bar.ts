import {isOffered} from './acting.ts';
import type {Binding, KeyContext} from './binding.ts';
import {say} from '../../core/text/say.ts';
import {lineWidth, muted, span, type Line} from '../text/spans.ts';

/** The keys that fit into `width` columns, in the order of the table; drops the lightest first. */
export function keyBarLine(bindings: readonly Binding[], context: KeyContext, width: number): Line {
  const shown = bindings.filter(
    binding => weightOf(binding, context) > 0 && isOffered(binding, context),
  );
  for (;;) {
    const line: Line = [
      ' ',
      ...(context.readOnly ? [span(say`read-only`, 'warn', true), '  '] : []),
      ...shown.flatMap((binding, index) => [index > 0 ? '  ' : '', ...keySpans(binding, context)]),
    ];
    if (lineWidth(line) <= width || shown.length <= 1) return line;
    const lightest = shown.reduce((a, b) => (weightOf(b, context) < weightOf(a, context) ? b : a));
    shown.splice(shown.indexOf(lightest), 1);
  }
}

function weightOf({weight}: Binding, context: KeyContext): number {
  return typeof weight === 'number' ? weight : weight(context);
}

/** The keys that break the demo service; shorter in a narrow terminal. */
export function faultBarLine({faults}: KeyContext, width: number): Line {
  const bar = (title: string, labelOf: (label: string) => string): Line => [
    muted(title),
    ...faults.flatMap(({key, label}, index) => [
      index > 0 ? '  ' : ' ',
      span(key, 'warn', true),
      ' ',
      labelOf(label),
    ]),
  ];
  const full = bar(say` break it `, label => label);
  return lineWidth(full) <= width ? full : bar('', label => label.split(' ')[0] ?? label);
}

function keySpans(binding: Binding, context: KeyContext): Line {
  const label = binding.label(context);
  const active = label === context.target.preset;
  return [
    span(binding.shown, 'key', true),
    ' ',
    active ? span(label, 'accent', true) : muted(label),
  ];
}
