import type {FixUse, TargetState} from '../../core/state.ts';
import {muted, paragraph, span, type Line} from '../spans.ts';

/** The question before a restart, in lines of at most `width` columns: what will be run, and two buttons of which `focus` is the one that Enter presses. */
export function confirmLines(target: TargetState, action: string | undefined, focus: 'cancel' | 'restart', width: number): readonly Line[] {
  const {name, fix} = target.settings;
  return [
    [span(`Restart ${name} now?`, undefined, true)],
    ...(action === undefined ? [] : [[muted(MEANS[fix])], ...paragraph(action, width, {tone: 'accent'}).slice(0, ACTION_LINES)]),
    [''],
    [button('Cancel', focus === 'cancel'), '  ', button('Restart', focus === 'restart')],
    [''],
    [span('y', 'key', true), muted(' restarts   '), span('n', 'key', true), muted(' or '), span('Esc', 'key', true), muted(' cancels')],
  ];
}

const ACTION_LINES = 3;

const MEANS: Readonly<Record<FixUse, string>> = {
  signal: 'This will:',
  command: 'This runs:',
  child: 'This stops it and starts it again:',
  systemd: 'This runs:',
  docker: 'This runs:',
  pm2: 'This runs:',
  supervisor: 'This runs:',
  none: '',
};

/** The brackets show the chosen button where there is no colour. */
function button(label: string, focused: boolean) {
  return focused ? {text: `[${label}]`, bold: true, inverse: true} : ` ${label} `;
}
