import type {TargetState} from '../../core/state.ts';
import {muted, span, type Line} from '../spans.ts';

/** The question before a restart: what will be run, and two buttons of which `focus` is the one that Enter presses. */
export function confirmLines(target: TargetState, action: string | undefined, focus: 'cancel' | 'restart'): readonly Line[] {
  const {name, fix} = target.settings;
  if (fix === 'none') {
    return [[`There is nothing to restart ${name} with.`], ["Give --restart 'CMD', or start it with -- CMD."], [''], [button('Cancel', true)], [''], [muted('Esc goes back')]];
  }
  return [
    [span(`Restart ${name} now?`, undefined, true)],
    [muted(MEANS[fix]), action === undefined ? '' : span(action, 'accent')],
    [''],
    [button('Cancel', focus === 'cancel'), '  ', button('Restart', focus === 'restart')],
    [''],
    [span('y', 'key', true), muted(' restarts   '), span('n', 'key', true), muted(' or '), span('Esc', 'key', true), muted(' cancels')],
  ];
}

const MEANS: Readonly<Record<Exclude<TargetState['settings']['fix'], 'none'>, string>> = {
  signal: 'writes a restart signal  ',
  command: 'runs  ',
  child: 'stops it and starts it again  ',
};

/** The brackets show the chosen button where there is no colour. */
function button(label: string, focused: boolean) {
  return focused ? {text: `[${label}]`, bold: true, inverse: true} : ` ${label} `;
}
