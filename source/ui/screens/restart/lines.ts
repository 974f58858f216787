import {say} from '../../../core/text/say.ts';
import type {FixTraits, TargetState} from '../../../core/model/target.ts';
import {cut} from '../../../format/width.ts';
import {muted, paragraph, span, type Line} from '../../text/spans.ts';
import type {Symbols} from '../../text/symbols.ts';

/** The button that Enter presses. */
export interface Choice {
  readonly focus: 'cancel' | 'restart';
}

/** The question before a restart, in lines of at most `width` columns: the action, and two buttons. */
export function confirmLines(
  target: TargetState,
  action: string | undefined,
  focus: Choice['focus'],
  width: number,
): readonly Line[] {
  const {name, traits} = target.settings;
  return [
    [span(say`Restart ${name} now?`, undefined, true)],
    ...(action === undefined
      ? []
      : [
          [muted(meansOf(traits.verb))],
          ...paragraph(action, width, {tone: 'accent'}).slice(0, ACTION_LINES),
        ]),
    [''],
    [button(say`Cancel`, focus === 'cancel'), '  ', button(say`Restart`, focus === 'restart')],
    [''],
    [
      span('y', 'key', true),
      muted(say` restarts   `),
      span('n', 'key', true),
      muted(say` or `),
      span(say`Esc`, 'key', true),
      muted(say` cancels`),
    ],
  ];
}

const ACTION_LINES = 3;

function meansOf(verb: FixTraits['verb']): string {
  switch (verb) {
    case 'runs':
      return say`This runs:`;
    case 'will':
      return say`This will:`;
    case 'replaces':
      return say`This stops it and starts it again:`;
  }
}

/** Brackets show the chosen button without colour. */
function button(label: string, focused: boolean) {
  return focused ? {text: `[${label}]`, bold: true, inverse: true} : ` ${label} `;
}

/** The same in one line; names the target when there are several. */
export function questionLine(
  {settings}: TargetState,
  several: boolean,
  width: number,
  symbols: Symbols,
): Line {
  const name = several ? ` ${cut(settings.name, Math.max(4, width - 13), symbols.ellipsis)}` : '';
  return [span(say`restart${name}? y/n`, 'warn', true)];
}
