import {say} from '../../../core/text/say.ts';
import type {FixUse, TargetState} from '../../../core/model/state.ts';
import {muted, paragraph, span, type Line} from '../../text/spans.ts';

/** The question before a restart, in lines of at most `width` columns: what will be run, and two buttons of which `focus` is the one that Enter presses. */
export function confirmLines(
  target: TargetState,
  action: string | undefined,
  focus: 'cancel' | 'restart',
  width: number,
): readonly Line[] {
  const {name, fix} = target.settings;
  return [
    [span(say`Restart ${name} now?`, undefined, true)],
    ...(action === undefined
      ? []
      : [
          [muted(meansOf(fix))],
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

function meansOf(fix: FixUse): string {
  switch (fix) {
    case 'none':
      return '';
    case 'signal':
      return say`This will:`;
    case 'child':
      return say`This stops it and starts it again:`;
    default:
      return say`This runs:`;
  }
}

/** The brackets show the chosen button where there is no colour. */
function button(label: string, focused: boolean) {
  return focused ? {text: `[${label}]`, bold: true, inverse: true} : ` ${label} `;
}
