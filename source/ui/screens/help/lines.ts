import {say} from '../../../core/text/say.ts';
import {fit} from '../../../format/width.ts';
import {isOffered} from '../../keys/acting.ts';
import type {Binding, KeyContext} from '../../keys/binding.ts';
import {flow, hanging, muted, paragraph, span, type Line} from '../../text/spans.ts';
import {LEVEL_TONE, LEVEL_WORD, type Symbols} from '../../text/symbols.ts';

/** Every key with its effect, and the meaning of the symbols. */
export function helpLines(
  bindings: readonly Binding[],
  context: KeyContext,
  symbols: Symbols,
  width: number,
): readonly Line[] {
  const available = bindings.filter(
    binding => binding.help?.(context) !== undefined && isOffered(binding, context),
  );
  const keys = available.filter(
    ({group}, index) => group === undefined || group !== available[index - 1]?.group,
  );
  const faults = context.faults.map(({key, label}): Line => [span(key, 'warn', true), ` ${label}`]);
  return [
    ...keys.flatMap(binding => keyLines(binding, available, context, width)),
    ...hanging(muted(fit(say` break`, KEY)), KEY, flow(faults, width - KEY)),
    [''],
    ...hanging(
      ' ',
      1,
      legend(symbols).flatMap(items => flow(items, width - 1)),
    ),
  ];
}

const KEY = 9;

function keyLines(
  binding: Binding,
  available: readonly Binding[],
  context: KeyContext,
  width: number,
): readonly Line[] {
  const members = available.filter(({group}) => group !== undefined && group === binding.group);
  const helps = (members.length > 0 ? members : [binding])
    .map(({help}) => help?.(context))
    .join(', ');
  const shown = members.length > 1 ? `${binding.shown}-${members.at(-1)?.shown}` : binding.shown;
  const text = binding.group === undefined ? helps : say`preset: ${helps}`;
  return hanging(span(fit(` ${shown}`, KEY), 'key', true), KEY, paragraph(text, width - KEY));
}

function legend({level, bars, strip}: Symbols): readonly (readonly Line[])[] {
  return [
    (['ok', 'warn', 'down', 'unknown'] as const).map(name => [
      span(`${level[name]} ${LEVEL_WORD[name]}`, LEVEL_TONE[name]),
    ]),
    [
      [span(`${bars[0]} ${bars.at(-1)}`, 'ok'), muted(say` good, quick or slow`)],
      [span(strip.slow, 'warn'), muted(say` over the limit`)],
      [span(strip.failed, 'down'), muted(say` failed`)],
      [span(strip.inconclusive, 'unknown'), muted(say` could not check`)],
    ],
  ];
}
