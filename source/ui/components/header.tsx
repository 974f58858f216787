import {say} from '../../core/text/say.ts';
import type {Phase, TargetState} from '../../core/model/target.ts';
import {presetLabel} from '../../core/preset-label.ts';
import {formatDuration} from '../../format/duration.ts';
import {cut, displayWidth} from '../../format/width.ts';
import {lineWidth, muted, span, spread, type Line, type Span} from '../text/spans.ts';
import {LEVEL_TONE, LEVEL_WORD, phaseTone, type Symbols} from '../text/symbols.ts';

/** The target's name, health, address, preset and interval, and its phase. */
export function headerLine(
  target: TargetState,
  phase: Phase,
  width: number,
  symbols: Symbols,
  attachedTo: number | undefined,
): Line {
  const told: Line = [...pace(target), ...phaseSpans(phase, symbols), ' '];
  const left: Line = [
    ' ',
    ...(width >= 70 ? [muted('agent2  ')] : []),
    span(
      cut(target.settings.name, Math.max(8, Math.floor(width / 4)), symbols.ellipsis),
      undefined,
      true,
    ),
    '  ',
    ...levelSpans(target, symbols),
  ];
  const attached: Line =
    attachedTo === undefined ? [] : [muted(say`attached pid ${attachedTo}`), '  '];
  // The address matters more when there is no room for both.
  const fits =
    lineWidth(left) +
      3 +
      displayWidth(target.settings.address) +
      2 +
      lineWidth(attached) +
      lineWidth(told) <=
    width;
  const right = fits ? [...attached, ...told] : told;
  const room = width - lineWidth(left) - lineWidth(right) - 5;
  const address =
    room < 8 ? [] : ['   ', muted(cut(target.settings.address, room, symbols.ellipsis))];
  return spread([...left, ...address], right, width, symbols.ellipsis);
}

/** `● OK`: shape, word and colour each show the level. */
export function levelSpans({health}: TargetState, symbols: Symbols): readonly Span[] {
  const tone = LEVEL_TONE[health.level];
  return [span(`${symbols.level[health.level]} ${LEVEL_WORD[health.level]}`, tone, true)];
}

/** The phase as a symbol, and as a word unless it is the usual one. */
export function phaseSpans(phase: Phase, symbols: Symbols): readonly Span[] {
  const symbol = span(symbols.phase[phase], phaseTone(phase), true);
  return phase === 'monitoring' ? [symbol] : [symbol, ' ', span(phase, phaseTone(phase), true)];
}

export function observesOnly(target: TargetState): boolean {
  return target.observing || !target.settings.traits.heals;
}

function pace(target: TargetState): readonly Span[] {
  const label = presetLabel(target);
  const observe = observesOnly(target) ? [span(say`observe only`, 'warn'), '  '] : [];
  return [
    ...observe,
    span(label, 'accent', displayWidth(label) > 0),
    muted(say`  every ${formatDuration(target.policy.intervalMs)}`),
    '  ',
  ];
}
